package cargomanifest

import (
	"fmt"
	"slices"
	"strings"

	"sallyport/internal/fact"
)

// defaults are cargo's own settings (https://doc.rust-lang.org/cargo/reference/profiles.html#default-profiles).
var defaults = map[string]Profile{
	"dev": {
		OptLevel: "0", Debug: "full", LTO: "thin-local", Panic: "unwind", OverflowChecks: true, DebugAssertions: true,
		Incremental: true, CodegenUnits: 256,
	},
	"release": {OptLevel: "3", Debug: "none", LTO: "thin-local", Panic: "unwind", CodegenUnits: 16},
	"test":    {Inherits: "dev"},
	"bench":   {Inherits: "release"},
}

// profiles are dev, release and the manifest's own, sorted by name.
func (r *reader) profiles() []Profile {
	all := names(r.raw.Profile)
	for _, name := range []string{"dev", "release"} {
		if !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	slices.Sort(all)
	list := make([]Profile, len(all))
	for i, name := range all {
		r.routes.Add(fact.Path{"profiles", i}, fact.Path{"profile", name})
		for _, field := range []string{"opt-level", "overflow-checks", "debug-assertions", "codegen-units"} {
			r.routes.Add(fact.Path{"profiles", i, strings.ReplaceAll(field, "-", "_")}, fact.Path{"profile", name, field})
		}
		list[i] = r.profile(name)
	}
	return list
}

// profile applies a chain of inheritance. A chain that does not end at one of cargo's profiles, which is
// a mistake to cargo, starts from release.
func (r *reader) profile(name string) Profile {
	chain := []string{}
	for at := name; at != "" && !slices.Contains(chain, at) && len(chain) < 32; {
		chain = append(chain, at)
		next := defaults[at].Inherits
		if next == "" && defaults[at].OptLevel == "" {
			next = r.raw.Profile[at].Inherits
		}
		at = next
	}
	p, ok := defaults[chain[len(chain)-1]]
	if !ok {
		p = defaults["release"]
	}
	for _, at := range slices.Backward(chain) {
		apply(&p, r.raw.Profile[at])
	}
	if p.Strip == "" {
		// Cargo strips what the standard library brings along, where nothing else has debug information.
		if p.Strip = "none"; p.Debug == "none" {
			p.Strip = "debuginfo"
		}
	}
	p.Name, p.Inherits = name, ""
	if len(chain) > 1 {
		p.Inherits = chain[1]
	}
	return p
}

func apply(p *Profile, t profileTable) {
	if t.OptLevel != nil {
		p.OptLevel = fmt.Sprint(t.OptLevel)
	}
	set(&p.Debug, t.Debug, map[string]string{"true": "full", "2": "full", "1": "limited", "false": "none", "0": "none"})
	set(&p.Strip, t.Strip, map[string]string{"true": "symbols", "false": "none"})
	set(&p.LTO, t.LTO, map[string]string{"true": "fat", "false": "thin-local", "n": "off", "no": "off"})
	if t.Panic != "" {
		p.Panic = t.Panic
	}
	p.DebugAssertions = t.DebugAssertions.or(p.DebugAssertions)
	p.OverflowChecks = t.OverflowChecks.or(p.OverflowChecks)
	p.Incremental = t.Incremental.or(p.Incremental)
	if t.CodegenUnits != 0 {
		p.CodegenUnits = t.CodegenUnits
	}
}

// set takes a value that may be a word, a number or a boolean, and words it in one way.
func set(to *string, value any, words map[string]string) {
	if value == nil {
		return
	}
	*to = fmt.Sprint(value)
	if word, ok := words[*to]; ok {
		*to = word
	}
}
