package firewall

import (
	"slices"
	"strings"

	model "sallyport/internal/firewall"
)

// inside says that an opening is for interfaces alone that do not lead to the Internet.
func (b *builder) inside(o *Opening) bool {
	if o.Verdict == "unknown" && slices.Equal(o.In, []string{"other"}) && b.namesCard() {
		return true
	}
	return len(b.facts.Outside) > 0 && !slices.ContainsFunc(o.In, func(name string) bool {
		return name == "any" || name == "other" || slices.Contains(b.facts.Outside, name)
	})
}

// namesCard says whether a rule asks whether packets come by a network card.
func namesCard(all *model.Ruleset) bool {
	for _, c := range all.Chains {
		for _, r := range c.Rules {
			if set := asked(r.Steps, model.InInterface); set != nil && slices.ContainsFunc(interfaces(set), card) {
				return true
			}
		}
	}
	return false
}

// card says whether an interface is called as the kernel and udev call network cards: systemd.net-naming-scheme(7).
func card(name string) bool {
	return slices.ContainsFunc([]string{"eth", "en", "wl", "ww"}, func(p string) bool { return strings.HasPrefix(name, p) })
}

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
				set := asked(r.Steps, model.OutInterface)
				if set == nil {
					continue
				}
				for _, n := range interfaces(set) {
					if n != "any" && n != "other" && n != "lo" && !slices.Contains(names, n) {
						names = append(names, n)
					}
				}
			}
		}
	}
	return names
}

// asked are the interfaces that the conditions of a rule ask for; nil where none does.
func asked(steps []model.Step, f model.Field) model.Set {
	var find func(model.Expr) model.Set
	find = func(e model.Expr) model.Set {
		switch e := e.(type) {
		case model.Is:
			if e.Field == f && e.Mask == (model.Value{}) {
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
