package kubernetes

import (
	"slices"
	"strings"

	"sallyport/internal/fact"
)

// fields writes a place as Kubernetes does; then with list elements by their names; and then so, from the pod's specification
// on: that is the same for a workload and its pods. What the object does not say in one field has the place of what holds it.
func fields(f *Facts, p fact.Path) []string {
	from, ok := origin(f, p)
	for ; !ok && len(p) > 1; from, ok = origin(f, p) {
		p = p[:len(p)-1]
	}
	if !ok || len(from) == 0 {
		return nil
	}
	name, ends := named(f.Object, from)
	all := append(make([]string, 0, 3), from.String(), name)
	for i := range f.Pods {
		spec := fact.Path(f.Pods[i].Path[1:])
		if n := len(spec); n > 0 && len(from) > n && slices.Equal(from[:n], spec) {
			all = append(all, strings.TrimPrefix(name[ends[n-1]:], "."))
		}
	}
	return all
}

// named is a path with the elements of lists by their names, where they have one, and where each step of it ends.
func named(v any, p fact.Path) (name string, ends []int) {
	var room [128]byte
	b := room[:0]
	ends = make([]int, len(p))
	for i, step := range p {
		switch s := step.(type) {
		case string:
			m, _ := v.(map[string]any)
			v = m[s]
			b = fact.AppendStep(b, step, i == 0)
		case int:
			list, _ := v.([]any)
			if v = nil; s < len(list) {
				v = list[s]
			}
			m, _ := v.(map[string]any)
			if name := text(m["name"]); plainName(name) {
				b = append(append(append(b, '['), name...), ']')
			} else {
				b = fact.AppendStep(b, step, i == 0)
			}
		}
		ends[i] = len(b)
	}
	return string(b), ends
}

func plainName(s string) bool { return s != "" && !strings.ContainsAny(s, "[]\"") }
