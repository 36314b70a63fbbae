package syntax

import "sallyport/internal/fact"

// Routes locate facts that were read from a tree whose shape is another: each route leads from a fact to
// the part of the tree that it, and all below it, was read from. Facts without a route of their own or of
// a parent are looked up where the tree has a part of the same path.
type Routes struct {
	spans fact.Locator
	from  map[string]fact.Path
}

// NewRoutes makes routes into the tree whose places spans knows.
func NewRoutes(spans fact.Locator) *Routes {
	return &Routes{spans: spans, from: make(map[string]fact.Path)}
}

// Add leads from the fact at a path to a part of the tree. The last route of a path counts.
func (r *Routes) Add(at, from fact.Path) { r.from[at.String()] = from }

// Find is the Locator of the facts.
func (r *Routes) Find(p fact.Path) (fact.Span, bool) {
	for n := len(p); n > 0; n-- {
		if from, ok := r.from[p[:n].String()]; ok {
			return r.spans(join(from, p[n:]...))
		}
	}
	return r.spans(p)
}
