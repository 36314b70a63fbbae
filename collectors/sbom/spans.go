package sbom

import "sallyport/internal/fact"

// path is where a component stands in the tree.
func (b *builder) path(i int) fact.Path {
	p := b.places[i]
	var at fact.Path
	if p.parent >= 0 {
		at = b.path(p.parent)
	}
	at = append(at, *p.list...)
	return append(at, p.index)
}

// locator leads from facts to the tree. It answers with the nearest part that is there, because a rule blames what is
// missing as well.
func (b *builder) locator() fact.Locator {
	return func(p fact.Path) (fact.Span, bool) {
		if len(p) == 0 {
			return b.src.spans(nil)
		}
		name, _ := p[0].(string)
		switch {
		case name == "components" && len(p) > 1:
			if len(p) == 2 || len(p) == 3 {
				return b.component(p[1], p[2:])
			}
			return fact.Span{}, false
		case name == "ntia":
			return b.lacking(p[1:])
		case name == "unhashed":
			return b.example(b.out.Unhashed.Examples, p[1:])
		case len(p) > 1:
			if at, known := b.concerned(name, p[1:]); known {
				return b.component(at, nil)
			}
			if name != "subject" && name != "graph" && name != "tools" && name != "authors" {
				return fact.Span{}, false
			}
		}
		return b.top(name)
	}
}

// top is the place of a fact of the whole document.
func (b *builder) top(name string) (fact.Span, bool) {
	at, ok := b.tops[name]
	if !ok {
		return fact.Span{}, false
	}
	return b.src.near(at), true
}

func (b *builder) component(step any, rest fact.Path) (fact.Span, bool) {
	i, ok := step.(int)
	if !ok || i < 0 || i >= len(b.places) {
		return fact.Span{}, false
	}
	at := b.path(i)
	if len(rest) > 0 {
		field, _ := rest[0].(string)
		if other, ok := b.fields[field]; ok {
			field = other
		}
		return b.src.spans(append(at, field))
	}
	return b.src.spans(at)
}

// lacking is the first component that lacks an element, or the part of the document that does.
func (b *builder) lacking(p fact.Path) (fact.Span, bool) {
	if len(p) < 2 {
		return fact.Span{}, false
	}
	i, _ := p[1].(int)
	if i < 0 || i >= len(b.out.NTIA.Missing) {
		return fact.Span{}, false
	}
	gap := &b.out.NTIA.Missing[i]
	if len(gap.Examples) == 0 {
		return b.top(gap.Name)
	}
	return b.example(gap.Examples, p[2:])
}

// example is one of the named components, or the first of them.
func (b *builder) example(all []Example, p fact.Path) (fact.Span, bool) {
	i := 0
	if len(p) > 1 {
		i, _ = p[1].(int)
	}
	if i < 0 || i >= len(all) {
		return fact.Span{}, false
	}
	return b.component(all[i].At, nil)
}

// concerned is the component that an element of a list is about.
func (b *builder) concerned(name string, p fact.Path) (any, bool) {
	i, _ := p[0].(int)
	switch {
	case name == "crates" && i < len(b.out.Crates):
		return b.out.Crates[i].At, true
	case name == "shells" && i < len(b.out.Shells):
		return b.out.Shells[i].At, true
	case name == "managers" && i < len(b.out.Managers):
		return b.out.Managers[i].At, true
	case name == "licenses" && i < len(b.out.Licenses):
		return b.out.Licenses[i].Examples[0].At, true
	case name == "audit" && len(p) > 1 && p[0] == "unaudited":
		if k, ok := p[1].(int); ok && k >= 0 && k < len(b.out.Audit.Unaudited) {
			return b.out.Audit.Unaudited[k].Examples[0].At, true
		}
	case name == "audit" && len(p) > 1 && p[0] == "hits":
		if k, ok := p[1].(int); ok && k >= 0 && k < len(b.out.Audit.Hits) {
			return b.out.Audit.Hits[k].At, true
		}
	}
	return nil, false
}
