package firewall

import (
	"iter"
	"net/netip"
	"slices"
	"strings"
	"sync"

	model "sallyport/internal/firewall"
)

// private are the addresses that the Internet does not route (IANA's special-purpose registries).
var private = sync.OnceValue(func() (all [2]model.Set) {
	for i, list := range []string{
		"0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.168.0.0/16 198.18.0.0/15 224.0.0.0/3",
		"::/8 100::/8 fc00::/7 fe80::/10 ff00::/8",
	} {
		var ranges []model.Range
		for _, p := range strings.Fields(list) {
			ranges = append(ranges, model.Prefix(netip.MustParsePrefix(p)))
		}
		all[i] = model.NewSet(ranges...)
	}
	return all
})

// public says whether a set has an address that the Internet routes; documentation's networks count as such, so that examples
// behave as what they stand for.
func public(set model.Set, six bool) bool {
	if set == nil {
		return true
	}
	known := private()[map[bool]int{false: 0, true: 1}[six]]
	for _, r := range set {
		for at := r.First; ; {
			i := slices.IndexFunc(known, func(k model.Range) bool { return k.First.Compare(at) <= 0 && at.Compare(k.Last) <= 0 })
			if i < 0 {
				return true
			}
			if known[i].Last.Compare(r.Last) >= 0 {
				break
			}
			at = known[i].Last.Next()
		}
	}
	return false
}

// widest is the length of the shortest prefix that holds addresses of the Internet and lies in the set; -1 where there is none.
func widest(set model.Set, six bool) int {
	if set == nil {
		return 0
	}
	best := -1
	for _, r := range set {
		if best >= 0 && !six && r.Last.Lo-r.First.Lo < 1<<(33-best)-1 { // too few for a shorter one
			continue
		}
		for at := r.First; ; {
			free := min(trailing(at), width(six))
			for free > 0 && last(at, free).Compare(r.Last) > 0 {
				free--
			}
			end := last(at, free)
			if n := width(six) - free; (best < 0 || n < best) && public(model.Set{{First: at, Last: end}}, six) {
				best = n
			}
			if end.Compare(r.Last) >= 0 {
				break
			}
			at = end.Next()
		}
	}
	return best
}

// everyHost says that a set has every address but such as are for many hosts.
func everyHost(set model.Set, six bool) bool {
	if set == nil {
		return true
	}
	many := model.Prefix(netip.MustParsePrefix(map[bool]string{false: "224.0.0.0/3", true: "ff00::/8"}[six]))
	for r := range gaps(set, six) {
		if r.First.Compare(many.First) < 0 {
			return false
		}
	}
	return true
}

// gaps are what a set leaves out.
func gaps(set model.Set, six bool) iter.Seq[model.Range] {
	return func(yield func(model.Range) bool) {
		at, end := model.Value{}, last(model.Value{}, width(six))
		for _, r := range set {
			if at.Compare(r.First) < 0 && !yield(model.Range{First: at, Last: r.First.Previous()}) {
				return
			}
			at = r.Last.Next()
		}
		if len(set) == 0 || set[len(set)-1].Last.Compare(end) < 0 {
			yield(model.Range{First: at, Last: end})
		}
	}
}

// anywhere says that a set has every address that the Internet routes.
func anywhere(set model.Set, six bool) bool {
	if set == nil {
		return true
	}
	for r := range gaps(set, six) {
		if public(model.Set{r}, six) {
			return false
		}
	}
	return true
}
