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
	// from is the part of the file that the document was read from; fields start there.
	from fact.Path
	// taken are the names that the elements of each list have.
	taken map[string]names
}

// unique makes the name of an element of a list its own.
func (o *origins) unique(list, name string) string {
	if o.taken == nil {
		o.taken = make(map[string]names)
	}
	if o.taken[list] == nil {
		o.taken[list] = names{}
	}
	return o.taken[list].of(name)
}

// result adds a result; its name is made unique.
func (o *origins) result(n node, r *Report, res Result) {
	res.Name = o.unique("results", res.Name)
	if res.Aliases == nil {
		res.Aliases = []string{}
	}
	if res.FixedVersions == nil {
		res.FixedVersions = []string{}
	}
	if res.Severity == "" {
		res.Severity = "unknown"
	}
	r.Results = append(r.Results, res)
	o.add("results", n)
}

// ignored adds an entry of the list of what the scanner was told to ignore.
func (o *origins) ignored(n node, r *Report, i Ignore) {
	if i.Name == "" {
		i.Name = i.ID
		if i.Package != "" {
			i.Name += "@" + i.Package
		}
	}
	i.Name = o.unique("settings.ignored", i.Name)
	r.Settings.Ignored = append(r.Settings.Ignored, i)
	o.add("settings.ignored", n)
}

func (o *origins) narrowed(n node, r *Report, name, value string) {
	r.Settings.Narrowed = append(r.Settings.Narrowed, Narrowing{Name: name, Value: value})
	o.add("settings.narrowed", n)
}

func (o *origins) failed(n node, r *Report, name, message string) {
	r.Failures = append(r.Failures, Failure{Name: o.unique("failures", name), Message: message})
	o.add("failures", n)
}

func (o *origins) target(n node, r *Report, t Target) {
	r.Subject.Targets = append(r.Subject.Targets, t)
	o.add("subject.targets", n)
}

// add notes where the next element of a list comes from.
func (o *origins) add(list string, n node) {
	if o.lists == nil {
		o.lists = make(map[string][]fact.Path)
	}
	o.lists[list] = append(o.lists[list], n.Path)
}

func (o *origins) locator(spans fact.Locator, r *Report) fact.Locator {
	return func(p fact.Path) (fact.Span, bool) {
		if span, ok := inSource(p, r.Results); ok {
			return span, true
		}
		if span, ok := inList(p, r.Settings.Ignored); ok {
			return span, true
		}
		k := slices.IndexFunc(p, func(step any) bool { _, ok := step.(int); return ok })
		if k < 0 {
			from, ok := o.fields[p.String()]
			if !ok && len(p) > 0 {
				return fact.Span{}, false
			}
			return spans(slices.Concat(o.from, from))
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

// inSource is the place in the tree that results[i].location tells of.
func inSource(p fact.Path, results []Result) (fact.Span, bool) {
	if len(p) < 3 || p[0] != "results" || p[2] != "location" {
		return fact.Span{}, false
	}
	i, ok := p[1].(int)
	if !ok || i < 0 || i >= len(results) || !results[i].Location.Present {
		return fact.Span{}, false
	}
	l := results[i].Location
	s := fact.Span{File: l.File, Line: max(l.Line, 1), Column: max(l.Column, 1)}
	s.EndLine, s.EndColumn = max(l.EndLine, s.Line), l.EndColumn
	if s.EndLine == s.Line {
		s.EndColumn = max(s.EndColumn, s.Column)
	}
	s.EndColumn = max(s.EndColumn, 1)
	return s, true
}

// inList is the place of settings.ignored[i] in a file of the tree.
func inList(p fact.Path, ignored []Ignore) (fact.Span, bool) {
	if len(p) < 3 || p[0] != "settings" || p[1] != "ignored" {
		return fact.Span{}, false
	}
	i, ok := p[2].(int)
	if !ok || i < 0 || i >= len(ignored) || ignored[i].Line == 0 {
		return fact.Span{}, false
	}
	return fact.Span{File: ignored[i].Source, Line: ignored[i].Line, Column: 1, EndLine: ignored[i].Line, EndColumn: 1}, true
}
