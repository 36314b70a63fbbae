package systemd

import (
	"maps"
	"slices"
	"sync"
)

// Exposure is how much of the system a service can reach, as systemd-analyze security computes it for version
// 252 without a running manager (--offline=true).
type Exposure struct {
	// Overall is from 0.0, locked up, to 10.0, no protection; -1 for a unit that is no service, is masked, or
	// is not here whole.
	Overall float64 `json:"overall"`
	// Level is the word for it: PERFECT, SAFE, OK, MEDIUM, EXPOSED, UNSAFE or DANGEROUS; "" where Overall is -1.
	Level string `json:"level"`
	// WithoutDropIns is the number for the unit file alone.
	WithoutDropIns float64 `json:"without_drop_ins"`
	// Newest and NewestLevel are the same for the newest version that is known: its items and weights are those of 252, and
	// some settings have further values, such as PrivateTmp=disconnected.
	Newest      float64 `json:"newest"`
	NewestLevel string  `json:"newest_level"`
	// Badness has a number for each item: 0 is good, the item's range is worst, -1 does not apply.
	Badness map[string]int `json:"badness"`
	// Items are the items with a badness above 0, in the order of systemd-analyze.
	Items []Item `json:"items"`
	// Networked is true where the service plainly uses the network, and where it is no oneshot and nothing keeps
	// it from the network.
	Networked bool `json:"networked"`
	// Reach is how far the service gets on the network: "none" without one, "out" where it can bind no port, else
	// "listen"; "" where Overall is -1.
	Reach string `json:"reach"`
	// Heaviest are the titles of the items that add most to Overall, up to six and the heaviest first.
	Heaviest []string `json:"heaviest"`
	// Needs is what the service plainly is for.
	Needs Needs `json:"needs"`
	// Open are those of the items that nothing excuses, by name.
	Open map[string]Open `json:"open"`
	// Excused are the others, each with the reason.
	Excused map[string]string `json:"excused"`
}

// Item is one item of systemd-analyze security.
type Item struct {
	// Name is the name of the item in systemd-analyze's JSON: "ProtectSystem".
	Name string `json:"name"`
	// Title is what its table shows: "ProtectSystem=", "CapabilityBoundingSet=~CAP_SYS_ADMIN".
	Title string `json:"title"`
	// Setting is the setting that decides it.
	Setting string `json:"setting"`
	// Badness is from 1 to Range, and Weight is how much the item counts.
	Badness int `json:"badness"`
	Range   int `json:"range"`
	Weight  int `json:"weight"`
	// Exposure is what the item adds to the overall number, from 0.1 on.
	Exposure float64 `json:"exposure"`
}

// exposure computes what systemd-analyze security says, and what of it stands open.
func (b *builder) exposure(f *Unit) Exposure {
	if f.Type != "service" || f.Masked || f.Partial || f.Manager != "system" {
		return Exposure{Overall: notApplicable, WithoutDropIns: notApplicable, Newest: notApplicable, Badness: map[string]int{}, Items: []Item{}, Heaviest: []string{}, Open: map[string]Open{}, Excused: map[string]string{}}
	}
	s := b.sandbox()
	badness, total := b.assessed()
	x := expose(badness, total)
	x.Newest, x.NewestLevel = x.Overall, x.Level
	newest := badness
	if slices.ContainsFunc(b.unit.entries, newer) {
		later, total := assess(readSandboxOf(b.unit, true))
		x.Newest, x.NewestLevel, newest = tenths(total), level(total), later
	}
	if f.Service {
		b.open(s, f, &x, badness, newest)
	}
	return x
}

// sandbox is what the settings of the service come to.
func (b *builder) sandbox() *sandbox {
	if b.whole == nil {
		b.whole = readSandbox(b.unit)
	}
	return b.whole
}

// A check is an item, and how bad a sandbox is at it; notApplicable leaves both sums.
type check struct {
	name, title, setting string
	weight, span         int
	assess               func(*sandbox) int
}

const notApplicable = -1

// assess has the badness of all items, in the order of checks, and the overall number in tenths.
func assess(s *sandbox) (badness []int, total int) {
	badness = make([]int, len(checks))
	sum, weights := 0, 0
	for i := range checks {
		c := &checks[i]
		badness[i] = c.assess(s)
		if badness[i] != notApplicable {
			weights += c.weight
			sum += ceil(badness[i]*c.weight, c.span)
		}
	}
	return badness, ceil(sum*100, weights)
}

// locked has a badness of 0 for each item: such a map is quicker to copy than to make.
var locked = sync.OnceValue(func() map[string]int {
	all := make(map[string]int, len(checks))
	for i := range checks {
		all[checks[i].name] = 0
	}
	return all
})

// assessed is what assess says of the whole unit.
func (b *builder) assessed() (badness []int, total int) {
	if b.badness == nil {
		b.badness, b.total = assess(b.sandbox())
	}
	return b.badness, b.total
}

// expose is the exposure of a service by what assess says of it.
func expose(badness []int, total int) Exposure {
	x := Exposure{Badness: maps.Clone(locked()), Heaviest: []string{}, Open: map[string]Open{}, Excused: map[string]string{}}
	weights, open := 0, 0
	for i, b := range badness {
		if b != 0 {
			x.Badness[checks[i].name] = b
		}
		if b != notApplicable {
			weights += checks[i].weight
		}
		if b > 0 {
			open++
		}
	}
	x.Items = make([]Item, 0, open)
	for i, b := range badness {
		if c := &checks[i]; b > 0 {
			x.Items = append(x.Items, Item{Name: c.name, Title: c.title, Setting: c.setting, Badness: b, Range: c.span, Weight: c.weight})
		}
	}
	for i := range x.Items {
		it := &x.Items[i]
		it.Exposure = tenths(ceil(ceil(it.Badness*it.Weight*100, it.Range), weights))
	}
	x.Overall, x.Level = tenths(total), level(total)
	return x
}

func ceil(a, b int) int { return (a + b - 1) / b }

func tenths(n int) float64 { return float64(n) / 10 }

func level(n int) string {
	for _, l := range []struct {
		from int
		name string
	}{{100, "DANGEROUS"}, {90, "UNSAFE"}, {75, "EXPOSED"}, {50, "MEDIUM"}, {10, "OK"}, {1, "SAFE"}} {
		if n >= l.from {
			return l.name
		}
	}
	return "PERFECT"
}
