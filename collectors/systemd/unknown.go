package systemd

import (
	"maps"
	"slices"
	"strings"
)

// maxNearest bounds the unknown names for which the nearest known one is looked for; a unit with more
// mistakes is no unit.
const maxNearest = 100

// unknown are the sections and settings that systemd ignores. What begins with "X-" is meant to be.
func (b *builder) unknown(n node) []Unknown {
	list := []Unknown{}
	known := sections()
	suggest := func(name string, names map[string]bool) string {
		if len(list) >= maxNearest {
			return ""
		}
		return nearest(name, slices.Sorted(maps.Keys(names)))
	}
	for _, h := range b.unit.headers.list {
		if known[h.name] == nil && !strings.HasPrefix(h.name, "X-") {
			names := make(map[string]bool, len(known))
			for name := range known {
				names[name] = true
			}
			n.index(len(list)).at(h.at)
			list = append(list, Unknown{Section: h.name, Nearest: suggest(h.name, names)})
		}
	}
	section, settings := "", map[string]bool(nil)
	for _, e := range b.unit.entries {
		if e.section != section {
			section, settings = e.section, known[e.section]
		}
		if settings[e.key] || strings.HasPrefix(e.key, "X-") {
			continue
		}
		n.index(len(list)).entry(e)
		list = append(list, Unknown{Name: e.key, Section: e.section, Nearest: suggest(e.key, known[e.section])})
	}
	return list
}

// nearest is the name that takes the fewest changes to reach, at most a third of its letters; letter case
// counts for nothing.
func nearest(name string, names []string) string {
	if len(name) > 64 {
		return ""
	}
	best, least := "", len(name)/3+1
	for _, candidate := range names {
		if d := distance(strings.ToLower(name), strings.ToLower(candidate), least); d < least {
			best, least = candidate, d
		}
	}
	return best
}

// distance is Levenshtein's, or limit where it is not below that.
func distance(a, b string, limit int) int {
	if len(a)-len(b) >= limit || len(b)-len(a) >= limit {
		return limit
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal, low := row[0], limit
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := diagonal
			if a[i-1] != b[j-1] {
				cost = min(diagonal, row[j], row[j-1]) + 1
			}
			diagonal, row[j] = row[j], cost
			low = min(low, cost)
		}
		if min(low, row[0]) >= limit {
			return limit
		}
	}
	return min(row[len(b)], limit)
}
