package cargolock

import "sallyport/internal/audit"

// Levels are scopes in the order of their weight; the odd ones are optional.
const (
	normal  = 0
	build   = 2
	unclear = 4
	dev     = 6
	nowhere = 8
)

var scopes = map[int]string{normal: "normal", build: "build", unclear: "unknown", dev: "dev", nowhere: "unknown"}

func levelOf(scope string) int {
	for level, s := range scopes {
		if s == scope && level < nowhere {
			return level
		}
	}
	return unclear
}

// requirements are the lines of a member's manifest that ask for one of its dependencies.
func (w *workspace) requirements(lock *Lock, member, dep int) []audit.Requirement {
	m := w.members[lock.Packages[member].Name]
	if m == nil {
		return nil
	}
	var found []audit.Requirement
	for _, i := range m.named[lock.Packages[dep].Name] {
		d := m.deps[i]
		r := audit.Requirement{Name: d.key, Manifest: m.file, Scope: scopes[d.level&^1], Optional: d.level&1 == 1}
		found = append(found, r.Placed(place{m, d.at.String()}))
	}
	return found
}

// scope says how the workspace needs a package, and whether cargo metadata builds it.
func (w *workspace) scope(lock *Lock, at int) (scope string, optional bool, built string) {
	if w.levels == nil {
		w.reach(lock)
	}
	if !w.asked {
		w.asked, w.built = true, w.resolved(lock)
	}
	level, built := w.levels[at], "unknown"
	switch {
	case w.built == nil:
	case w.built[at] == nowhere:
		built = "no"
	default:
		level, built = w.built[at], "yes"
	}
	return scopes[level&^1], level&1 == 1 && level < unclear, built
}

// reach finds for each package the weightiest way in which a member leads to it. The kind of the first
// step decides, since cargo builds what a dependency needs for the same purpose.
func (w *workspace) reach(lock *Lock) {
	w.levels = make([]int, len(lock.Packages))
	for i := range w.levels {
		w.levels[i] = nowhere
	}
	first := make([][]int, nowhere)
	for _, root := range lock.Roots {
		for _, to := range lock.Packages[root].Dependencies {
			best := nowhere
			for _, d := range w.dependencies(lock.Packages[root].Name) {
				if d.name == lock.Packages[to].Name {
					best = min(best, d.level)
				}
			}
			if best == nowhere {
				best = unclear
			}
			first[best] = append(first[best], to)
		}
	}
	for level, queue := range first {
		for ; len(queue) > 0; queue = queue[1:] {
			i := queue[0]
			if w.levels[i] <= level {
				continue
			}
			w.levels[i] = level
			if lock.Packages[i].Kind != "path" {
				queue = append(queue, lock.Packages[i].Dependencies...)
			}
		}
	}
}

func (w *workspace) dependencies(member string) []dependency {
	if m := w.members[member]; m != nil {
		return m.deps
	}
	return nil
}
