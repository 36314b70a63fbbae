package firewall

import (
	"slices"

	model "sallyport/internal/firewall"
)

// outside are the interfaces that masquerading names: by which a router sends what comes from the networks behind it.
func (b *builder) outside() []string {
	names := []string{}
	for _, c := range b.set.Chains {
		if c.Kind != model.NAT {
			continue
		}
		for _, r := range c.Rules {
			for _, st := range r.Steps {
				t, ok := st.(model.Translate)
				if !ok || !slices.ContainsFunc(t.Cases, func(c model.TranslateCase) bool { return c.To == model.SourceNAT && len(c.Addresses) == 0 }) {
					continue
				}
				for _, n := range interfaces(leaving(r.Steps)) {
					if n != "any" && n != "other" && n != "lo" && !slices.Contains(names, n) {
						names = append(names, n)
					}
				}
			}
		}
	}
	return names
}

// leaving are the interfaces of departure that the conditions of a rule ask for; nil where none does.
func leaving(steps []model.Step) model.Set {
	var find func(model.Expr) model.Set
	find = func(e model.Expr) model.Set {
		switch e := e.(type) {
		case model.Is:
			if e.Field == model.OutInterface && e.Mask == (model.Value{}) {
				return e.Set
			}
		case model.All:
			for _, x := range e {
				if s := find(x); s != nil {
					return s
				}
			}
		}
		return nil
	}
	for _, st := range steps {
		if w, ok := st.(model.When); ok {
			if s := find(w.Expr); s != nil {
				return s
			}
		}
	}
	return nil
}
