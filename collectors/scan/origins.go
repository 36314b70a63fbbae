package scan

import (
	"slices"

	"sallyport/internal/fact"
)

// Origins say from which part of the report each fact comes.
type origins struct {
	// fields are the single facts, by name: "database.updated".
	fields map[string]fact.Path
	// lists are the elements of each list of facts: "results".
	lists map[string][]fact.Path
	// parts are the fields of the elements, seen from the element: "results.package".
	parts map[string]fact.Path
}

// add notes where the next element of a list comes from.
func (o *origins) add(list string, n node) {
	if o.lists == nil {
		o.lists = make(map[string][]fact.Path)
	}
	o.lists[list] = append(o.lists[list], n.path)
}

func (o *origins) locator(spans fact.Locator) fact.Locator {
	return func(p fact.Path) (fact.Span, bool) {
		k := slices.IndexFunc(p, func(step any) bool { _, ok := step.(int); return ok })
		if k < 0 {
			from, ok := o.fields[p.String()]
			if !ok && len(p) > 0 {
				return fact.Span{}, false
			}
			return spans(from)
		}
		list, i := p[:k].String(), p[k].(int)
		if i < 0 || i >= len(o.lists[list]) {
			return fact.Span{}, false
		}
		from := o.lists[list][i]
		if len(p) > k+1 {
			part, ok := o.parts[list+"."+p[k+1:].String()]
			if !ok {
				return fact.Span{}, false
			}
			from = slices.Concat(from, part)
		}
		return spans(from)
	}
}
