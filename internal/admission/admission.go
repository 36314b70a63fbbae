// Package admission decides about the objects that are sent to a cluster: an AdmissionReview in, a decision out. It knows
// neither the network nor the cluster.
package admission

import (
	"context"
	"time"

	"sallyport/bundles"
	"sallyport/collectors"
	"sallyport/internal/config"
	"sallyport/internal/gate"
)

// kind is the kind of the documents that objects become, and of the rules that judge them.
const kind = "kubernetes"

// Options are what decisions depend on.
type Options struct {
	// Bundle returns the rules of a profile, with its parameters; "" is all rules. It is asked once for each.
	Bundle func(profile string) (*bundles.Bundle, error)
	// Config is the trusted configuration; nil is none. It is checked here.
	Config *config.Config
	// Namespaces knows the labels of namespaces; where it is nil they are not known.
	Namespaces Namespaces
	// Now is the clock; nil is the time.
	Now func() time.Time
	// Revision and Digest name the rules in decisions.
	Revision, Digest string
	// Before is the decider that this one takes the place of; nil is none. Where rules and configuration are the same, what it knows of
	// the templates that were judged goes on.
	Before *Decider
}

// Namespaces knows the namespaces of a cluster.
type Namespaces interface {
	// Labels are those of a namespace. An error is that they are not known.
	Labels(ctx context.Context, namespace string) (map[string]string, error)
}

// A Decider decides. It does not change and is safe for concurrent use; another bundle or configuration is another Decider.
type Decider struct {
	opts      Options
	effective *config.Effective
	policy    gate.Policy
	bindings  []*bound
	byLabels  bool // a binding needs the labels of namespaces
	judged    *memory
}

// New prepares decisions: it checks the configuration, and compiles the rules.
func New(opts Options) (*Decider, error) {
	if opts.Now == nil {
		opts.Now = time.Now
	}
	before := opts.Before
	opts.Before = nil // which would keep all those before it
	all, err := opts.Bundle("")
	if err != nil {
		return nil, err
	}
	if opts.Config != nil {
		if err := opts.Config.Check(known(all)); err != nil {
			return nil, err
		}
	}
	d := &Decider{opts: opts, effective: config.Merge(opts.Config, nil, 0, opts.Now()), judged: before.memory(&opts)}
	d.policy = gate.Policy{FailOn: d.effective.FailOn, Severities: d.effective.Severities, Disabled: d.effective.Disabled}
	if d.bindings, err = bindings(d.effective, opts.Bundle, 0); err != nil {
		return nil, err
	}
	for _, b := range d.bindings {
		d.byLabels = d.byLabels || b.ByLabels()
		if err := b.rules.Prepare(context.Background(), kind); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// ByLabels tells whether a binding selects by the labels of namespaces.
func (d *Decider) ByLabels() bool { return d.byLabels }

// memory is what decisions by other options start from.
func (d *Decider) memory(opts *Options) *memory {
	if d == nil || d.opts.Digest == "" || d.opts.Digest != opts.Digest || !d.opts.Config.Same(opts.Config) {
		return newMemory()
	}
	return d.judged
}

// known is what a configuration may speak of.
func known(b *bundles.Bundle) config.Known {
	all, _ := collectors.All(collectors.Options{})
	kinds := []string{"config"}
	for _, c := range all {
		kinds = append(kinds, c.Kind)
	}
	return config.Known{
		Kinds: kinds, Rules: b.Names(), Rule: b.Rule,
		Profile: func(name string) error { _, err := bundles.ReadProfile(name); return err },
	}
}
