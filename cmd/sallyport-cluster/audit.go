package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"k8s.io/client-go/discovery"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"

	"sallyport/bundles/remote"
	"sallyport/internal/admission"
	"sallyport/internal/cluster/auditor"
	"sallyport/internal/cluster/keeper"
	"sallyport/internal/cluster/namespaces"
	"sallyport/internal/cluster/objects"
	"sallyport/internal/finding"
	"sallyport/internal/report"
)

// auditFlags are the flags of audit.
type auditFlags struct {
	kubeconfig, context, config string
	namespace, selector, shard  string
	resources, outputs          []string
	bundle                      bundleFlags
	qps                         float32
	max                         int
	writeReports, watch         bool
	timeout                     time.Duration
}

func (f *auditFlags) register(fl *pflag.FlagSet) {
	fl.StringVar(&f.kubeconfig, "kubeconfig", "", "FILE to reach the cluster by (default: KUBECONFIG, the account of the pod, or ~/.kube/config)")
	fl.StringVar(&f.context, "context", "", "context of the kubeconfig")
	fl.StringVar(&f.config, "config", "", "configuration FILE with bindings, waivers and severities (default: every object is judged by all rules)")
	f.bundle.register(fl)
	fl.StringVarP(&f.namespace, "namespace", "n", "", "judge the objects of one namespace (default: all, and those without one)")
	fl.StringVarP(&f.selector, "selector", "l", "", "judge the objects that a label selector selects")
	fl.StringArrayVar(&f.resources, "resource", nil, "judge one resource, such as pods or deployments.apps (repeatable; default: all but events and the like)")
	fl.StringVar(&f.shard, "shard", "", "i/n: judge the part i, from 0, of n; in an Indexed Job n alone is enough")
	fl.StringArrayVarP(&f.outputs, "output", "o", nil, "FORMAT or FORMAT=FILE: text, json, sarif, ... as for check (repeatable; default: text)")
	fl.BoolVar(&f.writeReports, "write-reports", false, "keep PolicyReport and ClusterPolicyReport resources (wgpolicyk8s.io/v1alpha2) in the cluster")
	fl.BoolVar(&f.watch, "watch", false, "go on, and print what changes, one line of JSON for each object")
	fl.Float32Var(&f.qps, "qps", 20, "requests a second to the API server, at most")
	fl.IntVar(&f.max, "max-findings", auditor.MaxFindings, "findings that are kept; more are an error of the run")
	fl.DurationVar(&f.timeout, "timeout", time.Hour, "stop, without a verdict, after this time; not with --watch")
}

func newAudit() *cobra.Command {
	var f auditFlags
	cmd := &cobra.Command{
		Use:   "audit",
		Short: "Judge the objects that a cluster holds already",
		Long: `audit lists the objects of a cluster, page by page, and judges each as the webhook would judge its creation: the same
rules, bindings and waivers.

What a controller made is judged as well, and a finding that was told of the controller is not told again.

Exit codes: 0 nothing closes the gate, 1 something does, 2 the audit is not whole: a resource could not be listed, an object
could not be judged. A list that breaks off is never an end.

The account needs get, list and watch on what is to be judged; --write-reports also needs patch and delete on policyreports and
clusterpolicyreports.`,
		Example: `  sallyport audit --config sallyport.toml -o sarif=cluster.sarif
  sallyport audit --namespace payments --resource deployments --resource pods
  sallyport audit --shard 4 --write-reports       # in an Indexed Job with 4 completions`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			if !f.watch {
				var stop context.CancelFunc
				ctx, stop = context.WithTimeout(ctx, f.timeout)
				defer stop()
			}
			return audit(ctx, &f, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	cmd.Flags().SortFlags = false
	f.register(cmd.Flags())
	return cmd
}

// shards reads --shard: a number alone takes the index from the environment of an Indexed Job.
func (f *auditFlags) shards() (auditor.Shard, error) {
	text := f.shard
	if text == "" {
		return auditor.Shard{}, nil
	}
	if !strings.Contains(text, "/") {
		index := os.Getenv("JOB_COMPLETION_INDEX")
		if index == "" {
			return auditor.Shard{}, fmt.Errorf("--shard %s: JOB_COMPLETION_INDEX is not set, as it is in an Indexed Job: write i/n", text)
		}
		text = index + "/" + text
	}
	shard, err := auditor.ParseShard(text)
	if err != nil {
		return shard, fmt.Errorf("--shard: %w", err)
	}
	return shard, nil
}

// reach finds the cluster.
func (f *auditFlags) reach() (*rest.Config, error) {
	rules := clientcmd.NewDefaultClientConfigLoadingRules()
	rules.ExplicitPath = f.kubeconfig
	c, err := clientcmd.NewNonInteractiveDeferredLoadingClientConfig(rules, &clientcmd.ConfigOverrides{CurrentContext: f.context}).ClientConfig()
	if err != nil {
		return nil, fmt.Errorf("the cluster cannot be reached: name its --kubeconfig: %w", err)
	}
	c.UserAgent, c.QPS, c.Burst = "sallyport/"+version, f.qps, int(2*f.qps)+1
	return c, nil
}

// audit judges the cluster once, and goes on where it is to be watched.
func audit(ctx context.Context, f *auditFlags, stdout, stderr io.Writer) error {
	started := time.Now()
	outputs, err := report.Outputs(f.outputs, stdout, false)
	if err != nil {
		return err
	}
	cluster, err := f.reach()
	if err != nil {
		return err
	}
	opts, missing, err := f.prepare(ctx, cluster)
	if err != nil {
		return err
	}
	progress := report.NewProgress(stderr, 0)
	if progress != nil {
		opts.Progress = func(r objects.Resource, judged int, left int64) {
			progress.Say("judging %s: %s", r, share(judged, left))
		}
	}
	a := auditor.New(opts)
	a.Miss(missing)
	a.Run(ctx)
	progress.End()
	writer, err := f.writer(cluster, opts.Shard)
	if err != nil {
		return err
	}
	if writer != nil {
		a.Miss(writer.Write(ctx, a.Results, nil))
	}
	r, err := a.Report(cluster.Host, started, time.Now())
	if err != nil {
		return err
	}
	r.Tool = finding.Tool{Name: "sallyport", Version: version, URI: report.URI}
	for _, o := range outputs {
		if err := o.Write(r); err != nil {
			return err
		}
	}
	fmt.Fprintln(stderr, "judged", a.Summary())
	if f.watch {
		return a.Watch(ctx, writer, stdout, slog.New(slog.NewJSONHandler(stderr, nil)))
	}
	if r.Verdict != finding.Open {
		return exitCode(r.Verdict)
	}
	return nil
}

// prepare loads the rules and finds out what is to be listed. missing is what cannot be.
func (f *auditFlags) prepare(ctx context.Context, cluster *rest.Config) (opts auditor.Options, missing, err error) {
	if opts.Shard, err = f.shards(); err != nil {
		return opts, nil, err
	}
	if opts.Lister, err = objects.NewLister(cluster); err != nil {
		return opts, nil, err
	}
	opts.Lister.Namespace, opts.Lister.Selector, opts.Max = f.namespace, f.selector, f.max
	client, err := discovery.NewDiscoveryClientForConfig(cluster)
	if err != nil {
		return opts, nil, err
	}
	all, missing := objects.Discover(client)
	if len(all) == 0 {
		return opts, nil, missing
	}
	if opts.Resources, err = objects.Choose(all, f.resources); err != nil {
		return opts, nil, fmt.Errorf("--resource: %w", err)
	}
	if f.namespace != "" {
		opts.Resources = slices.DeleteFunc(opts.Resources, func(r objects.Resource) bool { return !r.Namespaced })
	}
	opts.Decider, err = f.decider(ctx, cluster)
	return opts, missing, err
}

// decider loads configuration and rules.
func (f *auditFlags) decider(ctx context.Context, cluster *rest.Config) (*admission.Decider, error) {
	known, err := namespaces.New(cluster)
	if err != nil {
		return nil, err
	}
	go known.Run(ctx)
	var decider *admission.Decider
	k := &keeper.Keeper{Namespaces: known, Use: func(d *admission.Decider, _ *keeper.Rules) { decider = d }}
	if f.config != "" {
		text, err := os.ReadFile(f.config)
		if err != nil {
			return nil, fmt.Errorf("--config: %w", err)
		}
		if err := k.Config(filepath.ToSlash(f.config), text); err != nil {
			return nil, err
		}
	}
	if err := f.rules(ctx, k); err != nil {
		return nil, err
	}
	return decider, nil
}

// rules takes the first bundle that the source has.
func (f *auditFlags) rules(ctx context.Context, k *keeper.Keeper) error {
	o, err := f.bundle.options()
	if err != nil {
		return err
	}
	o.Logger = slog.New(slog.DiscardHandler)
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var refused error
	o.Event = func(e remote.Event) {
		if e.Kind == "refused" || e.Kind == "unreachable" {
			refused = e.Err
			stop()
		}
	}
	source, err := remote.New(o)
	if err != nil {
		return fmt.Errorf("--bundle: %w", err)
	}
	loaded := false
	err = source.Run(ctx, func(_ context.Context, r *remote.Revision) error {
		defer stop()
		if loaded {
			return nil
		}
		err := k.Bundle(&keeper.Rules{Bundle: r.Bundle, Revision: r.Revision, Digest: r.Digest, Loaded: r.Loaded})
		loaded = err == nil
		return err
	})
	if loaded {
		return nil
	}
	return fmt.Errorf("--bundle: %w", cmp.Or(refused, err, ctx.Err()))
}

// writer keeps reports in the cluster; nil where nobody asks for them.
func (f *auditFlags) writer(cluster *rest.Config, shard auditor.Shard) (*auditor.Writer, error) {
	if !f.writeReports {
		return nil, nil
	}
	client, err := dynamic.NewForConfig(cluster)
	if err != nil {
		return nil, err
	}
	return &auditor.Writer{Client: client, Shard: shard, Now: time.Now}, nil
}

// share is how many objects were judged, and of how many where that is known.
func share(judged int, left int64) string {
	if left < 0 {
		return fmt.Sprint(judged)
	}
	return fmt.Sprintf("%d of %d", judged, int64(judged)+left)
}
