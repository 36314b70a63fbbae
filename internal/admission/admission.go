// Package admission decides about the objects that are sent to a cluster: an AdmissionReview in, a decision out. It knows
// neither the network nor the cluster.
package admission

import (
	"context"
	"fmt"
	"slices"
	"time"

	"sallyport/bundles"
	"sallyport/collectors"
	"sallyport/internal/config"
	"sallyport/internal/finding"
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
	// profiles are the rules of each profile that a binding names.
	profiles []*bundles.Bundle
	// implied is true where the configuration has no binding, and byLabels where one needs the labels of namespaces.
	implied, byLabels bool
	judged            *memory
}

// A bound is a binding with its rules.
type bound struct {
	*config.Binding
	profile int // in Decider.profiles
	policy  gate.Policy
}

// New prepares decisions: it checks the configuration, and compiles the rules.
func New(opts Options) (*Decider, error) {
	if opts.Now == nil {
		opts.Now = time.Now
	}
	all, err := opts.Bundle("")
	if err != nil {
		return nil, err
	}
	if opts.Config != nil {
		if err := opts.Config.Check(known(all)); err != nil {
			return nil, err
		}
	}
	d := &Decider{opts: opts, effective: config.Merge(opts.Config, nil, 0, opts.Now()), judged: newMemory()}
	d.policy = gate.Policy{FailOn: d.effective.FailOn, Severities: d.effective.Severities, Disabled: d.effective.Disabled}
	list := d.effective.Bindings()
	if d.implied = len(list) == 0; d.implied {
		list = []*config.Binding{config.Implied()}
	}
	var names []string
	for _, b := range list {
		i := slices.Index(names, b.Profile)
		if i < 0 {
			i = len(names)
			names = append(names, b.Profile)
			if err := d.load(b.Profile); err != nil {
				return nil, fmt.Errorf("binding %q: %w", b.Name, err)
			}
		}
		one := &bound{Binding: b, profile: i, policy: d.policy}
		if one.policy.FailOn, err = threshold(b, d.effective.FailOn); err != nil {
			return nil, err
		}
		d.bindings = append(d.bindings, one)
		d.byLabels = d.byLabels || b.ByLabels()
	}
	return d, nil
}

// load prepares the rules of a profile.
func (d *Decider) load(profile string) error {
	b, err := d.opts.Bundle(profile)
	if err != nil {
		return err
	}
	// Rules that see many documents at once have no place where one object is seen.
	own, err := b.Rules(kind)
	if err != nil {
		return err
	}
	names := map[string]bool{}
	for _, r := range own {
		names[r.Name] = !d.effective.Disabled[r.Name]
	}
	b = b.Configure(d.effective.Parameters).Only(func(name string) bool { return names[name] })
	d.profiles = append(d.profiles, b)
	return b.Prepare(context.Background(), kind)
}

// threshold is the severity from which a finding denies: the binding's, the profile's, or that of the configuration.
func threshold(b *config.Binding, configured finding.Severity) (finding.Severity, error) {
	if b.FailOn != 0 || b.Profile == "" {
		return max(b.FailOn, map[bool]finding.Severity{true: configured}[b.FailOn == 0]), nil
	}
	p, err := bundles.ReadProfile(b.Profile)
	if err != nil {
		return 0, err
	}
	if p.FailOn != 0 {
		return p.FailOn, nil
	}
	return configured, nil
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
