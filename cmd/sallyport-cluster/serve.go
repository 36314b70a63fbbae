package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"sallyport/bundles/remote"
	"sallyport/internal/cluster/certs"
	"sallyport/internal/cluster/keeper"
	"sallyport/internal/cluster/server"
)

// serveFlags are the flags of serve.
type serveFlags struct {
	listen, metricsListen, pprof                     string
	tlsCert, tlsKey, clientCA                        string
	clientNames                                      []string
	selfSigned                                       bool
	certSecret, webhook, service, kubeconfig         string
	config                                           string
	timeout, expiry, delay, grace                    time.Duration
	onTimeout, maxBody, memory, logLevel, decisions  string
	otlp                                             string
	bundle                                           bundleFlags
	body, budget                                     int64 // of maxBody and memory
	secretNamespace, secretName, hostName, namespace string
}

func (f *serveFlags) register(fl *pflag.FlagSet) {
	fl.StringVar(&f.listen, "listen", ":8443", "ADDRESS of the port for the API server, with TLS: /validate, /healthz, /readyz, /metrics")
	fl.StringVar(&f.metricsListen, "metrics-listen", "", "ADDRESS of a port without TLS for /metrics, /healthz and /readyz; /metrics is then on no other")
	fl.StringVar(&f.pprof, "pprof", "", "loopback ADDRESS, such as 127.0.0.1:6060, of a port for profiles (default: none)")
	fl.StringVar(&f.tlsCert, "tls-cert", "", "certificate FILE in PEM, read again when it changes")
	fl.StringVar(&f.tlsKey, "tls-key", "", "key FILE of the certificate")
	fl.BoolVar(&f.selfSigned, "self-signed", false, "make and renew the certificate in --cert-secret, and have --webhook trust it")
	fl.StringVar(&f.certSecret, "cert-secret", "", "NAMESPACE/NAME of the Secret for the certificate")
	fl.StringVar(&f.webhook, "webhook", "", "NAME of the ValidatingWebhookConfiguration that trusts the certificate")
	fl.StringVar(&f.service, "service", "", "NAME, or NAMESPACE/NAME, of the Service in front of this server (default namespace: that of the Secret)")
	fl.StringVar(&f.kubeconfig, "kubeconfig", "", "FILE to reach the cluster by (default: the account of the pod)")
	fl.StringVar(&f.clientCA, "client-ca", "", "FILE of authorities in PEM, read again when it changes: reviews need a client certificate of theirs")
	fl.StringArrayVar(&f.clientNames, "client-name", nil, "common name or DNS name that a client certificate must have (repeatable; default: any)")
	fl.StringVar(&f.config, "config", "", "configuration FILE with bindings, waivers and severities, read again when it changes (default: every object is judged by all rules)")
	f.bundle.register(fl)
	fl.DurationVar(&f.timeout, "timeout", 10*time.Second, "time for a review; where the API server waits less long, that counts")
	fl.StringVar(&f.onTimeout, "on-timeout", "deny", "what becomes of a review that is not decided in time: deny or allow")
	fl.StringVar(&f.maxBody, "max-body", "16MiB", "SIZE up to which a review is read; an update of a large object has some 12 MiB")
	fl.StringVar(&f.memory, "memory", "256MiB", "SIZE of the memory for all reviews at a time, at eight times their bodies; what does not fit waits")
	fl.DurationVar(&f.expiry, "cert-expiry", 24*time.Hour, "time before the end of the certificate from which the server is not ready")
	fl.DurationVar(&f.delay, "shutdown-delay", 10*time.Second, "time for which requests are still served after a signal to end, since they go on to arrive")
	fl.DurationVar(&f.grace, "grace", 20*time.Second, "time after that for the requests that are under way")
	fl.StringVar(&f.logLevel, "log-level", "info", "debug, info, warn or error")
	fl.StringVar(&f.decisions, "decision-log", "", "FILE, or stdout: one line of JSON for each decision, without the object")
	fl.StringVar(&f.otlp, "otlp-endpoint", "", "URL of a collector of OpenTelemetry traces, such as http://127.0.0.1:4318 (default: no traces)")
}

func newServe() *cobra.Command {
	var f serveFlags
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "The admission webhook: judge the objects that are sent to a cluster",
		Long: `serve answers the AdmissionReviews of a kube-apiserver at /validate: the same documents, rules, configuration and
waivers as check, for the object that is about to be stored.

/readyz says whether the server should be asked, and why not: the rules are not loaded, the certificate is not valid or is
about to expire, or the server is shutting down. SIGTERM ends it without losing a request.

Certificates come from files (--tls-cert, --tls-key), which may change at any time, or are made by the server itself
(--self-signed), which needs to read and write one Secret and one ValidatingWebhookConfiguration.

docs/serve.md has the metrics, the decision log and how it is deployed.`,
		Example: `  sallyport serve --tls-cert tls.crt --tls-key tls.key --config sallyport.toml
  sallyport serve --self-signed --cert-secret sallyport/sallyport-cert --webhook sallyport --service sallyport --metrics-listen :9090`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := f.check(); err != nil {
				return err
			}
			return serve(cmd.Context(), &f)
		},
	}
	cmd.Flags().SortFlags = false
	f.register(cmd.Flags())
	return cmd
}

// check finds what does not fit together before anything is started.
func (f *serveFlags) check() (err error) {
	switch {
	case f.selfSigned && f.tlsCert+f.tlsKey != "":
		return errors.New("--self-signed and --tls-cert both name the certificate: choose one")
	case !f.selfSigned && (f.tlsCert == "" || f.tlsKey == ""):
		return errors.New("there is no certificate: name --tls-cert and --tls-key, or --self-signed with its Secret")
	case f.selfSigned && (f.certSecret == "" || f.webhook == "" || f.service == ""):
		return errors.New("--self-signed needs --cert-secret NAMESPACE/NAME, --webhook NAME and --service NAME")
	case f.clientCA == "" && len(f.clientNames) > 0:
		return errors.New("--client-name needs --client-ca: a name in a certificate is worth what its authority is")
	case f.onTimeout != "deny" && f.onTimeout != "allow":
		return fmt.Errorf("--on-timeout %q: choose deny or allow", f.onTimeout)
	}
	for flag, d := range map[string]time.Duration{
		"--timeout": f.timeout, "--cert-expiry": f.expiry, "--shutdown-delay": f.delay + 1, "--grace": f.grace,
	} {
		if d <= 0 {
			return fmt.Errorf("%s must be longer than that", flag)
		}
	}
	if f.body, err = size("--max-body", f.maxBody); err != nil {
		return err
	}
	if f.budget, err = size("--memory", f.memory); err != nil {
		return err
	}
	if f.pprof != "" {
		if host, _, err := net.SplitHostPort(f.pprof); err != nil || !loopback(host) {
			return fmt.Errorf("--pprof %s: profiles show memory, so their port must be on loopback: 127.0.0.1:6060", f.pprof)
		}
	}
	return f.names()
}

// names takes NAMESPACE/NAME apart.
func (f *serveFlags) names() error {
	if !f.selfSigned {
		return nil
	}
	var ok bool
	if f.secretNamespace, f.secretName, ok = strings.Cut(f.certSecret, "/"); !ok || f.secretNamespace == "" || f.secretName == "" {
		return fmt.Errorf("--cert-secret %q: write NAMESPACE/NAME", f.certSecret)
	}
	f.namespace, f.hostName = f.secretNamespace, f.service
	if namespace, name, ok := strings.Cut(f.service, "/"); ok {
		f.namespace, f.hostName = namespace, name
	}
	f.hostName += "." + f.namespace + ".svc"
	return nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// A daemon is a server with all that looks after its parts while it runs.
type daemon struct {
	flags   *serveFlags
	log     *slog.Logger
	server  *server.Server
	store   *certs.Store
	source  *remote.Source
	metrics *prometheus.Registry
	keeper  *keeper.Keeper
	clients *server.Clients
	ready   []func() error
	// byLabels is true where the rules in use need the labels of namespaces.
	byLabels atomic.Bool
	run      []func(context.Context) // what looks after a part until the context ends
	finish   []func()                // what is done when no request is left
	give     func(cause error)       // gives up, once: nothing can be decided, and nothing will change that
}

func serve(ctx context.Context, f *serveFlags) error {
	d := &daemon{flags: f, metrics: prometheus.NewRegistry()}
	for _, step := range []func() error{d.logs, d.certificates, d.authorities} {
		if err := step(); err != nil {
			return err
		}
	}
	reviews, err := net.Listen("tcp", f.listen)
	if err != nil {
		return fmt.Errorf("--listen: %w", err)
	}
	var plain net.Listener
	if f.metricsListen != "" {
		if plain, err = net.Listen("tcp", f.metricsListen); err != nil {
			return fmt.Errorf("--metrics-listen: %w", err)
		}
	}
	return d.serve(ctx, reviews, plain)
}

// serve runs the server between the start and the end of all that it needs.
func (d *daemon) serve(ctx context.Context, reviews, plain net.Listener) error {
	if err := d.rules(); err != nil {
		return err
	}
	opts, err := d.options(plain != nil)
	if err != nil {
		return err
	}
	d.server = server.New(opts)
	if err := d.profiles(); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	gave := make(chan error, 1)
	d.give = func(cause error) { gave <- cause; cancel() }
	d.log.Info("serving", "version", version, "listen", reviews.Addr().String(), "pid", os.Getpid())
	background, stop := context.WithCancel(context.Background())
	var all sync.WaitGroup
	for _, run := range d.run {
		all.Go(func() { run(background) })
	}
	err = d.server.Run(ctx, reviews, plain)
	stop()
	all.Wait()
	for _, finish := range d.finish {
		finish()
	}
	select {
	case cause := <-gave:
		err = errors.Join(cause, err)
	default:
	}
	d.log.Info("ended")
	return err
}
