// Package remote is where bundles come from while a server runs: a directory, a web server or an OCI registry. OPA's own
// plugins download, verify and keep them, and report status and decisions; a bundle is in use once the rules in it
// have loaded as those of any bundle do. Whatever is wrong with a new bundle, the one before stays in use.
package remote

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/open-policy-agent/opa/v1/plugins"
	"github.com/prometheus/client_golang/prometheus"

	"sallyport/bundles"
)

// BuiltIn is the source that has no rules but the built-in ones.
const BuiltIn = "builtin"

// Options say where the bundle comes from, and what is asked of it.
type Options struct {
	// Source is BuiltIn or "", a directory, a tar.gz, https://HOST/PATH or oci://REGISTRY/REPOSITORY:TAG (or @sha256:...).
	// With BuiltIn, Config may name bundles.
	Source string
	// Base are the trees beneath each bundle: the built-in rules. Load is how rules are loaded.
	Base []bundles.Tree
	Load bundles.Options
	// Keys verify signatures. With a key, an unsigned bundle is refused.
	Keys []Key
	// Poll is how often the source is asked; 0 is a minute, and for files ten seconds, where no event tells of a change.
	Poll time.Duration
	// Timeout bounds one request with its body; 0 is a minute.
	Timeout time.Duration
	// StateDir keeps the last good bundle and the last revision over restarts; "" keeps them in memory.
	StateDir string
	// AllowRollback accepts a revision that is lower than the last one, or that cannot be compared with it.
	AllowRollback bool
	// TokenFile holds a bearer token, or USER:PASSWORD; CAFile certificates in PEM; DockerConfig the credentials of registries.
	TokenFile, CAFile, DockerConfig string
	// Config is a configuration of OPA, YAML or JSON: services, keys, bundles, status, decision_logs, labels. ${NAME} in it
	// is what Getenv says; nil leaves it as it is.
	Config []byte
	Getenv func(string) string
	// ID names this instance in status reports and decision logs.
	ID string
	// Logger gets what happens; nil drops it. Event is told of each answer of the source, from several goroutines.
	Logger *slog.Logger
	Event  func(Event)
	// Prometheus is where OPA's status plugin registers its metrics, if it is configured to.
	Prometheus prometheus.Registerer
}

// A Revision is a bundle that was verified and has loaded.
type Revision struct {
	// Bundle has the rules of the base and of the source.
	Bundle *bundles.Bundle
	// Revision is what the bundle calls itself; Digest is bundles.Digest of its rules, or that of the base.
	Revision, Digest string
	// Signed tells that a key verified it; Stored that it comes from the state directory.
	Signed, Stored bool
	Loaded         time.Time
}

// Use takes a revision into use. An error refuses it: the one before stays.
type Use func(context.Context, *Revision) error

// A Source provides the bundle.
type Source struct {
	opts     Options
	manager  *plugins.Manager
	services map[string]*service
	decisions
	polls   map[string]poll
	state   *state
	use     Use
	started bool // the source may be asked: what comes now is not from the state directory

	mu       sync.Mutex
	active   map[string]*active // by the bundle's name
	failures map[string]error   // of the last answer, by the bundle's name
	loads    int                // how often a bundle was taken into use
	wanted   int                // how many bundles there must be
	status   Status
}

// active is one bundle that is in use, or waits for the others.
type active struct {
	tree             bundles.Tree
	revision, digest string
	signed           bool
}

// New checks the options. It neither dials nor reads a bundle.
func New(opts Options) (*Source, error) {
	if opts.Logger == nil {
		opts.Logger = slog.New(slog.DiscardHandler)
	}
	if opts.Timeout == 0 {
		opts.Timeout = time.Minute
	}
	s := &Source{opts: opts, decisions: decisions{queue: make(chan *Decision, queued), done: make(chan struct{})}, active: map[string]*active{}, failures: map[string]error{}, polls: map[string]poll{}}
	c, err := s.configuration()
	if err != nil {
		return nil, err
	}
	s.status.Source = c.shown
	if s.state, err = openState(opts.StateDir); err != nil {
		return nil, err
	}
	return s, s.plugins(c)
}

// Run gives each good bundle to use, until ctx is done. The built-in rules alone are given once.
func (s *Source) Run(ctx context.Context, use Use) error {
	s.use = use
	ctx, cancel := context.WithCancel(ctx)
	go s.logAll(ctx)
	defer s.stop()
	defer cancel()
	if s.wanted == 0 {
		if err := s.install(ctx, nil); err != nil {
			return err
		}
	}
	if err := s.manager.Start(ctx); err != nil {
		return err
	}
	s.mu.Lock()
	s.started = true
	s.mu.Unlock()
	s.pollAll(ctx)
	<-ctx.Done()
	return nil
}

// stop lets the plugins send what waits.
func (s *Source) stop() {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	select {
	case <-s.decisions.done:
	case <-ctx.Done():
	}
	s.manager.Stop(ctx)
	for _, svc := range s.services {
		svc.close()
	}
}
