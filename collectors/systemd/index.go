package systemd

// An index finds the assignments of a setting. A unit is asked for some 400 settings, of which it has a few dozen: a
// hash of little more than the length of the key tells most of those that it does not have.
type index struct {
	heads  [buckets]uint16 // of the first group, counted from 1
	groups []group
	// many are all groups where there are more than chains serve.
	many map[[2]string]int
}

const (
	buckets   = 256
	maxGroups = 512
)

// A group has the assignments of one setting, by today's name, in the order in which systemd reads them.
type group struct {
	section, key string
	entries      []*entry
	next         uint16
}

func bucket(section, key string) int {
	if key == "" {
		return 0
	}
	return (len(key)*29 + int(key[0])*7 + int(key[len(key)-1])*3 + int(key[len(key)/2])*13 + len(section)) % buckets
}

// newIndex sorts assignments by their settings.
func newIndex(entries []*entry) *index {
	x := &index{groups: make([]group, 0, min(len(entries), maxGroups))}
	counts := make([]int, 0, cap(x.groups))
	for _, e := range entries {
		key := canonical(e.key)
		i := x.find(e.section, key)
		if i < 0 {
			i = x.add(e.section, key)
			counts = append(counts, 0)
		}
		e.group = int32(i)
		counts[i]++
	}
	all := make([]*entry, len(entries))
	for i := range x.groups {
		x.groups[i].entries, all = all[:0:counts[i]], all[counts[i]:]
	}
	for _, e := range entries {
		g := &x.groups[e.group]
		g.entries = append(g.entries, e)
	}
	return x
}

func (x *index) add(section, key string) int {
	i := len(x.groups)
	x.groups = append(x.groups, group{section: section, key: key})
	if i == maxGroups {
		x.many = make(map[[2]string]int, 2*maxGroups)
		for j, g := range x.groups {
			x.many[[2]string{g.section, g.key}] = j
		}
	}
	if x.many != nil {
		x.many[[2]string{section, key}] = i
		return i
	}
	head := &x.heads[bucket(section, key)]
	x.groups[i].next, *head = *head, uint16(i+1)
	return i
}

// find is the place of a group, -1 for none.
func (x *index) find(section, key string) int {
	if x.many != nil {
		if i, ok := x.many[[2]string{section, key}]; ok {
			return i
		}
		return -1
	}
	for i := x.heads[bucket(section, key)]; i > 0; i = x.groups[i-1].next {
		if g := &x.groups[i-1]; g.key == key && g.section == section {
			return int(i - 1)
		}
	}
	return -1
}

// of are the assignments of a setting.
func (x *index) of(section, key string) []*entry {
	if i := x.find(section, key); i >= 0 {
		return x.groups[i].entries
	}
	return nil
}
