// Package server is the admission webhook's side of the network: TLS, limits, deadlines, health, metrics, logs and a shutdown
// that loses no request. What is decided is not its business.
package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/otel/trace"

	"sallyport/internal/admission"
	"sallyport/internal/cluster/certs"
)

// Options are what a server is made of; a zero is the default.
type Options struct {
	// Certificates is what is served. Clients, where set, are who may ask.
	Certificates *certs.Store
	Clients      *Clients
	// Timeout bounds a review, however long the API server would wait (10 seconds). Late, where it is true, allows what was not
	// decided in time.
	Timeout   time.Duration
	AllowLate bool
	// MaxBody bounds one body (16 MiB), Memory what all reviews at a time may take (256 MiB).
	MaxBody, Memory int64
	// Expiry is how long before its end the certificate keeps the server from being ready (1 day).
	Expiry time.Duration
	// Ready are further reasons not to be ready; an error says which.
	Ready []func() error
	// Delay is how long requests are served once the server has said that it is not ready any more (10 seconds), and Grace how
	// long those that are under way may then take (30 seconds).
	Delay, Grace time.Duration
	// PlainMetrics has /metrics served by Plain alone.
	PlainMetrics bool
	// Log gets what the server has to say; Decisions, where set, every decision.
	Log       *slog.Logger
	Decisions *DecisionLog
	// Decided, where set, is told of each decision apart from its answer, with the body that was asked about, which it must not keep.
	Decided func(ctx context.Context, d *admission.Decision, body []byte, start time.Time)
	// Source, where set, tells where the rules come from: when that last said something valid, and what has been wrong since; "" is
	// nothing.
	Source func() (success time.Time, problem string)
	// Tracer, where set, gets a span for each review.
	Tracer trace.Tracer
	// Registry, where set, holds metrics of others, and gets those of the server.
	Registry *prometheus.Registry
	// Version is for metrics. Now is the clock; nil is time.Now.
	Version string
	Now     func() time.Time
}

// Rules are what judges at present.
type Rules struct {
	Review           func(ctx context.Context, body []byte) *admission.Decision
	Revision, Digest string
	Loaded           time.Time
}

// A Server answers AdmissionReviews.
type Server struct {
	opts     Options
	metrics  *metrics
	rules    atomic.Pointer[Rules]
	budget   *budget
	draining atomic.Bool
	telling  sync.WaitGroup // of Options.Decided
	handler  http.Handler
	plain    http.Handler
}

// New makes a server; it does not listen yet.
func New(opts Options) *Server {
	defaults(&opts.Timeout, 10*time.Second)
	defaults(&opts.MaxBody, 16<<20)
	defaults(&opts.Memory, 256<<20)
	defaults(&opts.Expiry, 24*time.Hour)
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if opts.Certificates == nil {
		opts.Certificates = &certs.Store{}
	}
	if opts.Registry == nil {
		opts.Registry = prometheus.NewRegistry()
	}
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	s := &Server{opts: opts, budget: newBudget(opts.Memory)}
	s.metrics = newMetrics(s)
	s.handler, s.plain = s.routes(!opts.PlainMetrics, true), s.routes(true, false)
	return s
}

func defaults[T int64 | time.Duration](of *T, value T) {
	if *of <= 0 {
		*of = value
	}
}

// Use has other rules judge from the next request on.
func (s *Server) Use(r *Rules) {
	s.rules.Store(r)
	s.metrics.inUse(r)
}

// Reloaded counts a change of something that is read again while the server runs.
func (s *Server) Reloaded(what string, err error) { s.metrics.reloaded(what, err) }

// Handler serves everything; Plain is for a port without TLS: health and metrics, no reviews.
func (s *Server) Handler() http.Handler { return s.handler }

// Plain is for a port without TLS: health and metrics, and no reviews.
func (s *Server) Plain() http.Handler { return s.plain }

// Timeouts of connections. An API server waits for 30 seconds at most.
const (
	headerTimeout = 5 * time.Second
	readTimeout   = 35 * time.Second
	writeTimeout  = 45 * time.Second
	idleTimeout   = 2 * time.Minute
	maxHeader     = 32 << 10
)

// The API server sends all reviews by one connection. Bodies that wait to be read must not fill it, or nobody else is heard: what all streams may send
// ahead fits into what the connection may, which is below 4 MiB. With more reviews at a time, clients open a further one.
const (
	streams = 60
	window  = 64 << 10 // what a client sends before it has heard of any window
)

// listener is how all ports are served.
func listener(h http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler: h, ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout, IdleTimeout: idleTimeout,
		MaxHeaderBytes: maxHeader, ErrorLog: slog.NewLogLogger(quieter{log.Handler()}, slog.LevelDebug),
	}
}

// Run serves reviews on one listener, and where plain is not nil health and metrics on that, until the context ends. Then the
// server says that it is not ready, goes on for a while, since those who send requests hear of it late, and finishes what it has begun.
func (s *Server) Run(ctx context.Context, reviews, plain net.Listener) error {
	main := listener(s.handler, s.opts.Log)
	main.TLSConfig = s.tls()
	main.ConnContext = withConnection
	main.HTTP2 = &http.HTTP2Config{
		MaxConcurrentStreams: streams, MaxReceiveBufferPerStream: window, MaxReceiveBufferPerConnection: streams*window + maxHeader,
		SendPingTimeout: 30 * time.Second,
	}
	servers := []*http.Server{main}
	ended := make(chan error, 2)
	go func() { ended <- main.ServeTLS(reviews, "", "") }()
	if plain != nil {
		second := listener(s.plain, s.opts.Log)
		servers = append(servers, second)
		go func() { ended <- second.Serve(plain) }()
	}
	select {
	case err := <-ended:
		for _, server := range servers {
			_ = server.Close()
		}
		return err
	case <-ctx.Done():
	}
	return s.shutdown(servers)
}

func (s *Server) shutdown(servers []*http.Server) error {
	s.draining.Store(true)
	s.opts.Log.Info("shutting down", "delay", s.opts.Delay.String(), "grace", s.opts.Grace.String())
	if s.rules.Load() != nil { // else nobody was ever sent here
		time.Sleep(s.opts.Delay)
	}
	ctx, cancel := context.WithTimeout(context.Background(), s.opts.Grace)
	defer cancel()
	errs := make([]error, len(servers))
	var all sync.WaitGroup
	for i, server := range servers {
		all.Go(func() {
			if err := server.Shutdown(ctx); err != nil {
				errs[i] = fmt.Errorf("shutdown: %w: %d reviews were under way", err, s.metrics.running())
				_ = server.Close()
			}
		})
	}
	all.Wait()
	s.telling.Wait()
	return errors.Join(errs...)
}
