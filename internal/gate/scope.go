package gate

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"sync"
	"time"

	"sallyport/bundles"
	"sallyport/collectors"
	"sallyport/internal/fact"
	"sallyport/internal/finding"
)

// A Scope is a binding with its rules.
type Scope struct {
	finding.Binding
	Bundle *bundles.Bundle
}

// Bindings say by which rules objects of a cluster are judged, where that is not by those of the run.
type Bindings struct {
	// Of returns the scopes of an object; none is that nothing judges it. namespaces are the labels of namespaces, as far as
	// they are known.
	Of func(o *fact.Object, namespaces map[string]map[string]string) []Scope
	// ByLabels is true where the labels of namespaces matter.
	ByLabels bool
}

// JudgeIn judges a document by the rules of each scope. Of what several scopes find alike, the strictest stays. The errors are by
// scope: a document that one of them could not judge has not passed it. The clock may be zero, for that of the bundle.
func JudgeIn(ctx context.Context, scopes []Scope, fsys fs.FS, doc *fact.Document, clock time.Time) (found []finding.Finding, errs []error) {
	errs = make([]error, len(scopes))
	type answer struct {
		found []finding.Finding
		err   error
	}
	asked := map[*bundles.Bundle]answer{}
	best := map[string]int{}
	for i := range scopes {
		s := &scopes[i]
		a, done := asked[s.Bundle]
		if !done {
			in := s.Bundle.NewInput(doc)
			in.Clock = clock
			a.found, a.err = Judge(ctx, s.Bundle, fsys, in)
			asked[s.Bundle] = a
		}
		errs[i] = a.err
		for _, f := range a.found {
			f.Binding = &s.Binding
			s.mark(&f)
			key := f.Rule.Name + "\x00" + f.At.String() + "\x00" + f.Message
			if n, twice := best[key]; !twice {
				best[key] = len(found)
				found = append(found, f)
			} else if stricter(&s.Binding, found[n].Binding) {
				found[n] = f
			}
		}
	}
	return found, errs
}

// mark tells programs which binding found it.
func (s *Scope) mark(f *finding.Finding) {
	if s.Name == "" {
		return
	}
	f.Properties = maps.Clone(f.Properties)
	if f.Properties == nil {
		f.Properties = map[string]string{}
	}
	f.Properties["binding"], f.Properties["mode"] = s.Name, s.Mode
}

var strictnessOf = map[string]int{"enforce": 2, "warn": 1, "audit": 0}

func stricter(a, b *finding.Binding) bool {
	if x, y := strictnessOf[a.Mode], strictnessOf[b.Mode]; x != y {
		return x > y
	}
	return a.FailOn < b.FailOn
}

// bound judges a document of a cluster by its bindings; ok is false for any other document.
func (g *Gate) bound(ctx context.Context, doc *fact.Document) (found []finding.Finding, err error, ok bool) {
	if g.opts.Bindings == nil || doc.Object.Kind == "" {
		return nil, nil, false
	}
	scopes := g.opts.Bindings.Of(&doc.Object, g.namespaces)
	if len(scopes) == 0 {
		g.mu.Lock()
		g.unbound++
		g.mu.Unlock()
	}
	found, errs := JudgeIn(ctx, scopes, g.opts.FS, doc, time.Time{})
	return found, errors.Join(errs...), true
}

// labels reads the namespaces that the tree has: which binding is for an object can hang on their labels. What does not read is
// told when it is judged.
func (g *Gate) labels(ctx context.Context, found *collectors.Discovery) {
	if g.opts.Bindings == nil || !g.opts.Bindings.ByLabels {
		return
	}
	var mu sync.Mutex
	g.namespaces = map[string]map[string]string{}
	var matches []collectors.Match
	for _, m := range found.Matches {
		if m.Collector.Kind == "kubernetes" {
			matches = append(matches, m)
		}
	}
	_ = collectors.Collect(ctx, g.opts.FS, matches, func(_ int, docs []fact.Document, _ time.Duration, _ error) {
		mu.Lock()
		defer mu.Unlock()
		for i := range docs {
			o := &docs[i].Object
			if o.Kind != "Namespace" || o.Labels == nil {
				continue
			}
			if other, twice := g.namespaces[o.Name]; twice && !maps.Equal(other, o.Labels) {
				g.namespaces[o.Name] = nil // nobody knows which of them will be applied
			} else {
				g.namespaces[o.Name] = o.Labels
			}
		}
	})
}

// unboundNote says that objects were not judged.
func (g *Gate) unboundNote() []finding.Notification {
	if g.unbound == 0 {
		return nil
	}
	return []finding.Notification{{
		Message: fmt.Sprintf("%s of a cluster: no binding of the trusted configuration is for it, so that no rule of its kind judged it", finding.Count(g.unbound, "object")),
	}}
}
