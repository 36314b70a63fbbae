package main

import (
	"context"
	"crypto/x509"
	"fmt"
	"io"
	"log/slog"
	"math"
	"net"
	"net/http"
	"net/http/pprof"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/klog/v2"

	"sallyport/internal/cluster/certs"
	"sallyport/internal/cluster/server"
	"sallyport/internal/cluster/watch"
)

// size reads a number of bytes with a unit: 16MiB.
func size(flag, text string) (int64, error) {
	number, unit := strings.TrimRight(text, "BiKMG"), int64(1)
	switch suffix := text[len(number):]; suffix {
	case "", "B":
	case "KiB", "K", "Ki":
		unit = 1 << 10
	case "MiB", "M", "Mi":
		unit = 1 << 20
	case "GiB", "G", "Gi":
		unit = 1 << 30
	default:
		number = ""
	}
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil || n <= 0 || n > math.MaxInt64/unit {
		return 0, fmt.Errorf("%s %q is no size: write it as 16MiB", flag, text)
	}
	return n * unit, nil
}

// logs starts the log, and the decision log.
func (d *daemon) logs() error {
	var level slog.Level
	if err := level.UnmarshalText([]byte(d.flags.logLevel)); err != nil {
		return fmt.Errorf("--log-level %q: choose debug, info, warn or error", d.flags.logLevel)
	}
	d.log = slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: level}))
	klog.SetSlogLogger(d.log) // of Kubernetes' client
	otel.SetErrorHandler(otel.ErrorHandlerFunc(func(err error) { d.log.Warn("traces", "error", err.Error()) }))
	return nil
}

// decisionLog opens the decision log; nil is none.
func (d *daemon) decisionLog() (*server.DecisionLog, error) {
	var out io.Writer = os.Stdout
	switch name := d.flags.decisions; name {
	case "":
		return nil, nil
	case "stdout", "-":
	default:
		file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
		if err != nil {
			return nil, fmt.Errorf("--decision-log: %w", err)
		}
		out = file
	}
	log := server.NewDecisionLog(out)
	d.finish = append(d.finish, func() { log.Close(5 * time.Second) })
	return log, nil
}

// certificates prepares what is served: files, or a Secret of the cluster.
func (d *daemon) certificates() error {
	d.store = &certs.Store{Changed: func(leaf *x509.Certificate, err error) {
		d.server.Reloaded("certificate", err)
		if err != nil {
			d.log.Error("certificate refused", "error", err.Error())
			return
		}
		d.log.Info("certificate in use", "subject", leaf.Subject.String(), "names", leaf.DNSNames, "expires", leaf.NotAfter.UTC())
	}}
	f := d.flags
	if !f.selfSigned {
		d.run = append(d.run, func(ctx context.Context) { certs.Files(ctx, d.store, f.tlsCert, f.tlsKey, 0) })
		return nil
	}
	client, err := d.cluster()
	if err != nil {
		return err
	}
	own := &certs.SelfSigned{
		Client: client, Store: d.store, Namespace: f.secretNamespace, Secret: f.secretName, Webhook: f.webhook,
		Names: []string{f.hostName, f.hostName + ".cluster.local"}, Log: d.log,
	}
	d.ready = append(d.ready, own.Ready)
	d.run = append(d.run, own.Run)
	return nil
}

// cluster reaches the API server, as the pod or by --kubeconfig.
func (d *daemon) cluster() (kubernetes.Interface, error) {
	config, err := d.reach()
	if err != nil {
		return nil, err
	}
	config.Timeout = 10 * time.Second
	return kubernetes.NewForConfig(config)
}

func (d *daemon) reach() (*rest.Config, error) {
	config, err := clientcmd.BuildConfigFromFlags("", d.flags.kubeconfig)
	if err != nil {
		return nil, fmt.Errorf("the cluster cannot be reached: name its --kubeconfig: %w", err)
	}
	config.UserAgent = "sallyport/" + version
	return config, nil
}

// authorities prepares who may ask.
func (d *daemon) authorities() error {
	if d.flags.clientCA == "" {
		return nil
	}
	d.clients = &server.Clients{Names: d.flags.clientNames}
	d.run = append(d.run, func(ctx context.Context) {
		d.watch(ctx, "client_ca", d.flags.clientCA, func(text []byte) error { return d.clients.Use(text) })
	})
	return nil
}

// watch reads a file whenever it changes, and says what became of it.
func (d *daemon) watch(ctx context.Context, what, file string, use func(text []byte) error) {
	watch.Files(ctx, 0, func(contents [][]byte, err error) {
		if err == nil {
			err = use(contents[0])
		}
		d.server.Reloaded(what, err)
		if err != nil {
			d.log.Error(what+" refused", "file", file, "error", err.Error())
			return
		}
		d.log.Info(what+" in use", "file", file)
	}, file)
}

func (d *daemon) options(plain bool) (server.Options, error) {
	f := d.flags
	decisions, err := d.decisionLog()
	if err != nil {
		return server.Options{}, err
	}
	tracer, err := d.tracer()
	if err != nil {
		return server.Options{}, err
	}
	return server.Options{
		Certificates: d.store, Clients: d.clients, Timeout: f.timeout, AllowLate: f.onTimeout == "allow", MaxBody: f.body, Memory: f.budget,
		Expiry: f.expiry, Ready: d.ready, Delay: f.delay, Grace: f.grace, PlainMetrics: plain, Log: d.log, Decisions: decisions,
		Decided: d.upload(), Source: d.sourceStatus, Tracer: tracer, Registry: d.metrics, Version: version,
	}, nil
}

// tracer sends spans to --otlp-endpoint; nil is none.
func (d *daemon) tracer() (trace.Tracer, error) {
	if d.flags.otlp == "" {
		return nil, nil
	}
	u, err := url.Parse(d.flags.otlp)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, fmt.Errorf("--otlp-endpoint %q: write http://HOST:PORT or https://HOST:PORT", d.flags.otlp)
	}
	if u.Path == "" || u.Path == "/" {
		u.Path = "/v1/traces"
	}
	exporter, err := otlptracehttp.New(context.Background(), otlptracehttp.WithEndpointURL(u.String()))
	if err != nil {
		return nil, fmt.Errorf("--otlp-endpoint: %w", err)
	}
	provider := sdk.NewTracerProvider(
		sdk.WithBatcher(exporter), sdk.WithSampler(sdk.ParentBased(sdk.AlwaysSample())),
		sdk.WithResource(resource.NewSchemaless(attribute.String("service.name", "sallyport"), attribute.String("service.version", version))),
	)
	d.finish = append(d.finish, func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		_ = provider.Shutdown(ctx) // what could not be sent is lost
	})
	return provider.Tracer("sallyport"), nil
}

// profiles serves pprof on loopback.
func (d *daemon) profiles() error {
	if d.flags.pprof == "" {
		return nil
	}
	l, err := net.Listen("tcp", d.flags.pprof)
	if err != nil {
		return fmt.Errorf("--pprof: %w", err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("/debug/pprof/trace", pprof.Trace)
	profiles := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	d.run = append(d.run, func(ctx context.Context) {
		go func() { _ = profiles.Serve(l) }()
		<-ctx.Done()
		_ = profiles.Close()
	})
	return nil
}

// configuration reads --config, and whenever it changes. One that is wrong at the start ends the program.
func (d *daemon) configuration() error {
	file := d.flags.config
	if file == "" {
		return nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("--config: %w", err)
	}
	name := filepath.ToSlash(file)
	if err := d.keeper.Config(name, text); err != nil {
		return err
	}
	d.run = append(d.run, func(ctx context.Context) {
		d.watch(ctx, "config", file, func(text []byte) error { return d.keeper.Config(name, text) })
	})
	return nil
}
