package bundles

import (
	"encoding/json"
	"maps"
	"slices"

	"sallyport/bundles/token"
	"sallyport/internal/finding"
)

// writeRule writes the metadata of a rule, all but its source.
func writeRule(w *token.Writer, r *finding.Rule) error {
	for _, s := range []string{r.Name, r.Kind, r.Title, r.Description, r.Remediation, r.Precision, r.Bad, r.Good, r.File} {
		w.String(s)
	}
	w.Int(int(r.Severity))
	w.Bool(r.NonNegotiable)
	w.Int(len(r.CWE))
	for _, n := range r.CWE {
		w.Int(n)
	}
	w.Strings(r.Equivalent)
	w.Strings(r.Aliases)
	w.Strings(r.Resources)
	w.Int(len(r.Parameters))
	for _, name := range slices.Sorted(maps.Keys(r.Parameters)) {
		p := r.Parameters[name]
		w.String(name)
		w.String(p.Description)
		w.String(p.Stricter)
		for _, v := range []any{p.Default, p.Example} {
			text, err := json.Marshal(v)
			if err != nil {
				return err
			}
			w.String(string(text))
		}
	}
	w.Line()
	return nil
}

func readRule(r *token.Reader, rule *finding.Rule) {
	for _, s := range []*string{&rule.Name, &rule.Kind, &rule.Title, &rule.Description, &rule.Remediation, &rule.Precision, &rule.Bad, &rule.Good, &rule.File} {
		*s = r.String()
	}
	rule.Severity = finding.Severity(r.Int())
	rule.NonNegotiable = r.Bool()
	rule.CWE = make([]int, r.Count())
	for i := range rule.CWE {
		rule.CWE[i] = r.Int()
	}
	rule.Equivalent, rule.Aliases, rule.Resources = r.Strings(), r.Strings(), r.Strings()
	n := r.Count()
	rule.Parameters = make(map[string]finding.Parameter, n)
	for range n {
		name := r.String()
		p := finding.Parameter{Description: r.String(), Stricter: r.String()}
		p.Default, p.Example = valueOf(r.String()), valueOf(r.String())
		rule.Parameters[name] = p
	}
}

// valueOf reads the value of a parameter as YAML does: a whole number is an int, and null is none.
func valueOf(text string) any {
	var n int
	if text != "null" && json.Unmarshal([]byte(text), &n) == nil {
		return n
	}
	var v any
	_ = json.Unmarshal([]byte(text), &v) // written by writeRule
	return v
}
