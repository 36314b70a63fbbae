package kubernetes

import (
	"slices"
	"strings"

	"sallyport/internal/fact"
)

// fields writes a place as Kubernetes does; then with list elements by their names; and then so, from the pod's specification
// on: that is the same for a workload and its pods.
func fields(f *Facts, p fact.Path) []string {
	from, ok := origin(f, p)
	if !ok || len(from) == 0 {
		return nil
	}
	all := []string{from.String(), named(f.Object, from)}
	for i := range f.Pods {
		spec := fact.Path(f.Pods[i].Path[1:])
		if n := len(spec); len(from) > n && slices.Equal(from[:n], spec) {
			all = append(all, strings.TrimPrefix(strings.TrimPrefix(all[1], named(f.Object, spec)), "."))
		}
	}
	return all
}

// named is a path with the elements of lists by their names, where they have one.
func named(v any, p fact.Path) string {
	var b strings.Builder
	for i, step := range p {
		shown := fact.Path{step}.String()
		switch step := step.(type) {
		case string:
			m, _ := v.(map[string]any)
			v = m[step]
			if i > 0 && shown[0] != '[' {
				b.WriteByte('.')
			}
		case int:
			list, _ := v.([]any)
			if v = nil; step < len(list) {
				v = list[step]
			}
			if m, _ := v.(map[string]any); plainName(text(m["name"])) {
				shown = "[" + text(m["name"]) + "]"
			}
		}
		b.WriteString(shown)
	}
	return b.String()
}

func plainName(s string) bool { return s != "" && !strings.ContainsAny(s, "[]\"") }
