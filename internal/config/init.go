package config

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"sallyport/internal/finding"
)

const initHead = `# sallyport.toml: what the gate demands of this repository, and for whom it makes exceptions.
#
# The gate does not trust the tree that it judges. While this file comes with the tree it can only demand
# more; what would loosen the gate counts once the caller trusts the file:
#   sallyport check --trusted-ref origin/main     (the version of the main branch)
#   sallyport check --config /path/sallyport.toml (a file outside of the tree)
#
# Settings that start with # are examples, or defaults.

# The severity from which a finding closes the gate: low, medium, high, critical.
fail_on = "high"

# How many days ahead a waiver may expire, and whether it must name a ticket.
#max_waiver_days = 180
#require_ticket = true

# Open the gate where there is nothing to judge.
#allow_empty = true

# Have the packages of container images listed by sallyport-catalog, and judged as a bill of materials.
#catalog = true
`

const initWaiver = `
# A waiver accepts the findings of a rule for a while. Reports keep showing them.
#[[waiver]]
#rule = %s
#path = "services/*/Dockerfile"
#reason = "the vendor's image needs it until version 3"
#owner = "platform team"
#expires = 2030-12-31
#ticket = "OPS-123"
`

const initLimits = `
# The largest file in bytes, the number of files and folders, and how deep folders nest.
#[limits]
#max_file_size = 33554432
#max_image_size = 34359738368
#max_files = 200000
#max_depth = 64
`

// Init returns a commented file for a repository. documents counts what was found, by kind; evidence are
// the kinds that builds produce.
func Init(documents map[string]int, evidence []string, rules []*finding.Rule) []byte {
	var b bytes.Buffer
	b.WriteString(initHead)
	if documents["dockerfile"] > 0 {
		b.WriteString("\n# What docker build gets with --build-arg.\n#[build_args]\n#RUST_VERSION = \"1.90.0\"\n")
	}
	for _, kind := range slices.Sorted(slices.Values(evidence)) {
		fmt.Fprintf(&b, "\n# Reports of kind %s: %d found here. required closes the gate where there is none.\n", kind, documents[kind])
		fmt.Fprintf(&b, "#[evidence.%s]\n#required = true\n", kind)
		if agedBy(rules, kind) {
			b.WriteString("#max_age_days = 7\n")
		}
		if kind == "receipt" {
			b.WriteString("# These runs must be there; signed demands a signature by one of the keys.\n#required = [\"clippy\", \"fmt\", \"test\"]\n#signed = true\n#keys = [\"\"\"-----BEGIN PUBLIC KEY-----...\"\"\"]\n")
		}
	}
	b.WriteString("\n# The rules about what was found here, with their severities and parameters.\n")
	waived := `"dockerfile/root_user"`
	for _, r := range rules {
		if documents[r.Kind] == 0 && r.Kind != "project" || r.Kind == "config" {
			continue
		}
		waived = text(r.Name)
		initRule(&b, r)
	}
	b.WriteString(initLimits)
	fmt.Fprintf(&b, initWaiver, waived)
	return b.Bytes()
}

func initRule(b *bytes.Buffer, r *finding.Rule) {
	fmt.Fprintf(b, "\n# %s.\n#[rules.%s]\n#severity = %q\n", r.Title, text(r.Name), r.Severity)
	if len(r.Parameters) == 0 {
		return
	}
	fmt.Fprintf(b, "#[rules.%s.parameters]\n", text(r.Name))
	for _, name := range slices.Sorted(maps.Keys(r.Parameters)) {
		p := r.Parameters[name]
		fmt.Fprintf(b, "# %s\n#%s = %s\n", strings.Join(strings.Fields(p.Description), " "), name, text(p.Default))
	}
}

func agedBy(rules []*finding.Rule, kind string) bool {
	return slices.ContainsFunc(rules, func(r *finding.Rule) bool { return aged(r, kind) })
}

// text writes a value as JSON, which TOML reads alike for strings, numbers, booleans and lists of them.
func text(v any) string {
	if table, ok := v.(map[string]any); ok {
		pairs := make([]string, 0, len(table))
		for _, key := range slices.Sorted(maps.Keys(table)) {
			pairs = append(pairs, text(key)+" = "+text(table[key]))
		}
		return "{ " + strings.Join(pairs, ", ") + " }"
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return `""`
	}
	return string(bytes.TrimSpace(b.Bytes()))
}
