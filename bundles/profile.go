package bundles

import (
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"

	"sallyport/internal/finding"
)

//go:embed *.toml
var profiles embed.FS

// A Profile names a set of rules.
type Profile struct {
	Description string `toml:"description"`
	// Base is the profile that this one changes: Add and Remove name rules, and Parameters win over the base's.
	Base string `toml:"base"`
	// Only and Skip are patterns over rule names, as path.Match reads them; an empty Only is every rule.
	Only   []string `toml:"only"`
	Skip   []string `toml:"skip"`
	Add    []string `toml:"add"`
	Remove []string `toml:"remove"`
	// NonNegotiable keeps the non-negotiable rules alone.
	NonNegotiable bool `toml:"non_negotiable"`
	// FailOn is the severity from which a finding closes the gate, where the caller names none.
	FailOn finding.Severity `toml:"fail_on"`
	// Parameters are settings of rules, by the rule's name; what is configured wins over them.
	Parameters map[string]map[string]any `toml:"parameters"`
	// Newest is the newest minor version of Kubernetes 1 that the profile knows; 0 for a profile without versions.
	Newest int `toml:"newest"`
	// Since are the changes that versions of Kubernetes made, in order.
	Since []Change `toml:"since"`
}

// A Change is what a version of Kubernetes changed about a profile.
type Change struct {
	// Minor is the first minor version of Kubernetes 1 with the change.
	Minor      int                       `toml:"minor"`
	Add        []string                  `toml:"add"`
	Remove     []string                  `toml:"remove"`
	Parameters map[string]map[string]any `toml:"parameters"`
}

// Profiles lists the names of the profiles.
func Profiles() []string {
	files, _ := fs.Glob(profiles, "*.toml")
	for i, f := range files {
		files[i] = strings.TrimSuffix(f, ".toml")
	}
	return files
}

// ReadProfile returns a profile by its name; pss-baseline@v1.29 is a profile as of a version of Kubernetes, and without a version
// it is as of the newest.
func ReadProfile(name string) (*Profile, error) {
	name, version, versioned := strings.Cut(name, "@")
	p, err := readProfile(name)
	if err != nil {
		return nil, err
	}
	minor := p.Newest
	if versioned && version != "latest" {
		number, ok := strings.CutPrefix(version, "v1.")
		minor, err = strconv.Atoi(number)
		switch {
		case p.Newest == 0:
			return nil, fmt.Errorf("profile %s has no versions: leave out @%s", name, version)
		case !ok || err != nil || minor < 0 || minor > p.Newest:
			return nil, fmt.Errorf("profile %s has no version %q: write latest, or one from v1.0 to v1.%d", name, version, p.Newest)
		}
	}
	for _, c := range p.Since {
		if c.Minor <= minor {
			p.change(c)
		}
	}
	return p, nil
}

func readProfile(name string) (*Profile, error) {
	text, err := fs.ReadFile(profiles, name+".toml")
	if err != nil {
		return nil, fmt.Errorf("there is no profile %q: choose one of %s", name, strings.Join(Profiles(), ", "))
	}
	var p Profile
	if _, err := toml.Decode(string(text), &p); err != nil {
		return nil, fmt.Errorf("%s.toml: %w", name, err)
	}
	if p.Base == "" {
		return &p, nil
	}
	base, err := readProfile(p.Base)
	if err != nil {
		return nil, err
	}
	base.Description = p.Description
	base.change(Change{Add: p.Add, Remove: p.Remove, Parameters: p.Parameters})
	// Of one version, the base's change comes first.
	base.Since = append(base.Since, p.Since...)
	slices.SortStableFunc(base.Since, func(a, b Change) int { return a.Minor - b.Minor })
	return base, nil
}

func (p *Profile) change(c Change) {
	p.Only = append(p.Only, c.Add...)
	p.Only = slices.DeleteFunc(p.Only, func(rule string) bool { return slices.Contains(c.Remove, rule) })
	if p.Parameters == nil {
		p.Parameters = map[string]map[string]any{}
	}
	for rule, values := range c.Parameters {
		if p.Parameters[rule] == nil {
			p.Parameters[rule] = map[string]any{}
		}
		maps.Copy(p.Parameters[rule], values)
	}
}

// Has tells whether a rule belongs to the profile.
func (p *Profile) Has(r *finding.Rule) bool {
	if p.NonNegotiable && !r.NonNegotiable {
		return false
	}
	return (len(p.Only) == 0 || matchAny(p.Only, r.Name)) && !matchAny(p.Skip, r.Name)
}

func matchAny(patterns []string, name string) bool {
	for _, p := range patterns {
		if ok, _ := path.Match(p, name); ok {
			return true
		}
	}
	return false
}

// Profile returns the bundle with the rules of a profile and its parameters. Without a name it is the bundle itself.
func (b *Bundle) Profile(name string) (*Bundle, error) {
	if name == "" {
		return b, nil
	}
	p, err := ReadProfile(name)
	if err != nil {
		return nil, err
	}
	rules, err := b.Rules()
	if err != nil {
		return nil, err
	}
	keep := map[string]bool{}
	for _, r := range rules {
		keep[r.Name] = p.Has(r)
	}
	return b.Configure(p.Parameters).Only(func(name string) bool { return keep[name] }), nil
}

// Configure returns the bundle with values for parameters of rules, which stand above those that it has already.
func (b *Bundle) Configure(parameters map[string]map[string]any) *Bundle {
	all := map[string]map[string]any{}
	for _, set := range []map[string]map[string]any{b.opts.Parameters, parameters} {
		for rule, values := range set {
			if all[rule] == nil {
				all[rule] = map[string]any{}
			}
			maps.Copy(all[rule], values)
		}
	}
	return b.WithParameters(all)
}
