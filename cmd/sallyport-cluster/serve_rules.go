package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"github.com/spf13/pflag"

	"sallyport/bundles"
	"sallyport/bundles/remote"
	"sallyport/internal/admission"
	"sallyport/internal/cluster/keeper"
	"sallyport/internal/cluster/namespaces"
	"sallyport/internal/cluster/server"
	"sallyport/policies"
)

// bundleFlags say where further rules come from.
type bundleFlags struct {
	source, state, opaConfig, token, ca, docker string
	keys                                        []string
	poll                                        time.Duration
	rollback                                    bool
}

func (f *bundleFlags) register(fl *pflag.FlagSet) {
	fl.StringVar(&f.source, "bundle", remote.BuiltIn, "SOURCE of further rules, looked at again and again: "+remote.BuiltIn+" (none), a directory, a tar.gz, https://HOST/PATH or oci://REGISTRY/REPOSITORY:TAG")
	fl.StringArrayVar(&f.keys, "bundle-key", nil, "public key by which the bundle must be signed: FILE in PEM, or ID=FILE (repeatable)")
	fl.DurationVar(&f.poll, "bundle-poll", 0, "time between two looks at the source (default: 1m; for files 10s)")
	fl.StringVar(&f.state, "bundle-state", "", "DIRECTORY that keeps the last good bundle over restarts")
	fl.BoolVar(&f.rollback, "allow-rollback", false, "accept a bundle with a lower revision than the last one")
	fl.StringVar(&f.token, "bundle-token", "", "FILE with a bearer token or USER:PASSWORD for the source")
	fl.StringVar(&f.ca, "bundle-ca", "", "FILE of authorities in PEM for the source")
	fl.StringVar(&f.docker, "docker-config", "", "FILE with credentials of registries, as docker login writes it")
	fl.StringVar(&f.opaConfig, "opa-config", "", "FILE with a configuration of OPA: services, keys, bundles, status, decision_logs; see docs/bundles.md")
}

// options are those of the source of bundles.
func (f *bundleFlags) options() (remote.Options, error) {
	o := remote.Options{
		Source: f.source, Poll: f.poll, StateDir: f.state, AllowRollback: f.rollback, TokenFile: f.token, CAFile: f.ca, DockerConfig: f.docker,
		Base: []bundles.Tree{{Name: "policies", FS: policies.FS, BuiltIn: true}}, Getenv: os.Getenv,
	}
	for _, k := range f.keys {
		key, err := remote.ReadKey(k)
		if err != nil {
			return o, fmt.Errorf("--bundle-key: %w", err)
		}
		o.Keys = append(o.Keys, key)
	}
	if f.opaConfig != "" {
		text, err := os.ReadFile(f.opaConfig)
		if err != nil {
			return o, fmt.Errorf("--opa-config: %w", err)
		}
		o.Config = text
	}
	schemas, err := fs.Sub(policies.FS, "schemas")
	o.Load = bundles.Options{Schemas: schemas, Brief: true}
	return o, err
}

// rules prepares where rules and configuration come from.
func (d *daemon) rules() error {
	d.keeper = &keeper.Keeper{Use: func(decider *admission.Decider, r *keeper.Rules) {
		d.byLabels.Store(decider.ByLabels())
		d.server.Use(&server.Rules{Review: decider.Review, Revision: r.Revision, Digest: r.Digest, Loaded: r.Loaded})
	}}
	if err := d.namespaces(); err != nil {
		return err
	}
	if err := d.configuration(); err != nil {
		return err
	}
	o, err := d.flags.bundle.options()
	if err != nil {
		return err
	}
	o.Logger, o.Prometheus = d.log, d.metrics
	o.ID, _ = os.Hostname()
	o.Event = func(e remote.Event) {
		switch e.Kind {
		case "loaded":
			d.server.Reloaded("bundle", nil)
		case "refused", "unreachable":
			d.server.Reloaded("bundle", e.Err)
		}
	}
	if d.source, err = remote.New(o); err != nil {
		return fmt.Errorf("--bundle: %w", err)
	}
	d.run = append(d.run, func(ctx context.Context) {
		err := d.source.Run(ctx, func(_ context.Context, r *remote.Revision) error {
			return d.keeper.Bundle(&keeper.Rules{Bundle: r.Bundle, Revision: r.Revision, Digest: r.Digest, Loaded: r.Loaded})
		})
		if err != nil && !errors.Is(err, context.Canceled) {
			d.log.Error("bundle", "error", err.Error())
			d.give(err) // the source is not asked again
		}
	})
	return nil
}

// sourceStatus is how it stands with the source of the rules. Built-in rules need none, and are as valid as the program.
func (d *daemon) sourceStatus() (success time.Time, problem string) {
	s := d.source.Status()
	if s.Source == remote.BuiltIn {
		return s.Loaded, s.LastError
	}
	return s.LastSuccess, s.LastError
}

// upload hands a decision to OPA's decision log plugin; nil where it is not configured.
func (d *daemon) upload() func(ctx context.Context, decision *admission.Decision, body []byte, start time.Time) {
	if !d.source.Logs() {
		return nil
	}
	return func(_ context.Context, decision *admission.Decision, body []byte, start time.Time) {
		if decision.Generated || decision.Outcome == admission.Invalid {
			return
		}
		d.source.Log(remote.Decision{
			ID: decision.UID, Path: "admission/validate", Input: body, Result: decision.Logged(), RequestedBy: decision.User, Time: start,
		})
	}
}

// namespaces watches the labels of the cluster's namespaces, which bindings may select by. Outside of a cluster and without
// --kubeconfig labels are not known, and a binding that asks for them is for every object.
func (d *daemon) namespaces() error {
	if d.flags.kubeconfig == "" && os.Getenv("KUBERNETES_SERVICE_HOST") == "" {
		return nil
	}
	config, err := d.reach()
	if err != nil {
		return err
	}
	known, err := namespaces.New(config)
	if err != nil {
		return err
	}
	d.keeper.Namespaces = known
	d.metrics.MustRegister(known)
	d.run = append(d.run, known.Run)
	// A label that is not known yet takes no object out of a binding: who is asked before the list is there denies what others let pass.
	d.ready = append(d.ready, func() error {
		if d.byLabels.Load() && !known.Synced() {
			return errors.New("the namespaces, whose labels bindings select by, have not been listed yet")
		}
		return nil
	})
	return nil
}
