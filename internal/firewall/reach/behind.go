package reach

import "sallyport/internal/firewall"

// A network is addresses that are behind an interface.
type network struct {
	addresses firewall.Set
	face      firewall.Value
}

// findNetworks are those that rules tell of which masquerade what leaves a network by any other interface than its own: Docker
// writes one for each of its.
func findNetworks(chains []*firewall.Chain) []network {
	var all []network
	for _, c := range chains {
		for _, r := range c.Rules {
			if n, ok := networkOf(r.Steps); ok {
				all = append(all, n)
			}
		}
	}
	return all
}

func networkOf(steps []firewall.Step) (n network, ok bool) {
	plain, named := true, false
	condition := func(e firewall.Expr) {
		if is, ok := e.(firewall.Is); ok && is.Mask == (firewall.Value{}) {
			switch is.Field {
			case firewall.Family:
				return
			case firewall.Source:
				n.addresses = is.Set
				return
			}
		}
		if not, ok := e.(firewall.Not); ok {
			if is, ok := not.Expr.(firewall.Is); ok && is.Field == firewall.OutInterface && len(is.Set) == 1 && is.Set[0].First == is.Set[0].Last {
				n.face, named = is.Set[0].First, true
				return
			}
		}
		plain = false
	}
	for i, st := range steps {
		switch st := st.(type) {
		case firewall.When:
			eachOf(st.Expr, condition)
		case firewall.Limit:
			return n, false
		case firewall.Translate:
			one := len(st.Cases) == 1 && st.Cases[0].To == firewall.SourceNAT && len(st.Cases[0].Addresses) == 0 && st.Cases[0].Why == ""
			return n, i == len(steps)-1 && one && plain && named && len(n.addresses) == 1
		default:
			return n, false
		}
	}
	return n, false
}

// eachOf goes through the conditions that all must hold.
func eachOf(e firewall.Expr, back func(firewall.Expr)) {
	if all, ok := e.(firewall.All); ok {
		for _, x := range all {
			eachOf(x, back)
		}
		return
	}
	back(e)
}

// leaving is the interface that a translated packet leaves by: that of the network that it is sent to, where a rule tells.
func (s *solver) leaving(b binding, st state) binding {
	t := &s.m.translations[st.to-1]
	if b.mode != among {
		return b
	}
	found := binding{mode: among}
	for _, n := range s.m.networks {
		in, partly := 0, false
		for _, r := range t.Addresses {
			whole, part := covers(n.addresses, r)
			if partly = partly || part; whole {
				in++
			}
		}
		switch {
		case !partly:
		case in < len(t.Addresses) || t.Why != "" || found.mode == known && found.value != n.face:
			return b
		default:
			found = binding{value: n.face}
		}
	}
	if found.mode == known {
		return found
	}
	return b.because(firewall.Unknown{Why: b.why.Why, At: s.m.translatedAt[st.to-1]})
}
