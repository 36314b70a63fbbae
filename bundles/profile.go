package bundles

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/BurntSushi/toml"

	"sallyport/internal/finding"
)

//go:embed *.toml
var profiles embed.FS

// A Profile names a set of rules.
type Profile struct {
	Description string `toml:"description"`
	// Only and Skip are patterns over rule names, as path.Match reads them; an empty Only is every rule.
	Only []string `toml:"only"`
	Skip []string `toml:"skip"`
	// NonNegotiable keeps the non-negotiable rules alone.
	NonNegotiable bool `toml:"non_negotiable"`
	// Parameters are settings of rules, by the rule's name; what is configured wins over them.
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

// ReadProfile returns a profile by its name.
func ReadProfile(name string) (*Profile, error) {
	text, err := fs.ReadFile(profiles, name+".toml")
	if err != nil {
		return nil, fmt.Errorf("there is no profile %q: choose one of %s", name, strings.Join(Profiles(), ", "))
	}
	var p Profile
	if _, err := toml.Decode(string(text), &p); err != nil {
		return nil, fmt.Errorf("%s.toml: %w", name, err)
	}
	return &p, nil
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
