package image

import (
	"path"
	"slices"
	"strings"
)

// A view is the file system that a container sees: layers one over the other.
type view struct {
	layers []*scan // the lowest first
}

// at looks a path up whose folders are no links, and tells the layer that has it.
func (v view) at(name string) (entry, int, bool) {
	key := hashPath(name)
	for i := len(v.layers) - 1; i >= 0; i-- {
		l := v.layers[i]
		e := l.entries[key]
		if e.kind != noEntry {
			return e, i, true
		}
		if e.flags&whiteout != 0 || l.hides(name) {
			return entry{}, -1, false
		}
	}
	return entry{}, -1, false
}

// hides tells whether a layer deletes or replaces a folder that a path lies in.
func (s *scan) hides(name string) bool {
	for dir := parent(name); ; dir = parent(dir) {
		e, ok := s.entries[hashPath(dir)]
		if ok && (e.flags != 0 || e.kind != noEntry && e.kind != folderEntry) {
			return true
		}
		if dir == "" {
			return false
		}
	}
}

func parent(name string) string {
	i := strings.LastIndexByte(name, '/')
	return name[:max(i, 0)]
}

// visible tells whether a container sees what layer i has at a path.
func (v view) visible(name string, i int) bool {
	key := hashPath(name)
	for _, l := range v.layers[i+1:] {
		if _, ok := l.entries[key]; ok && l.replaces(key) || l.hides(name) {
			return false
		}
	}
	return true
}

// replaces is true for an entry of its own and for a whiteout; an opaque mark alone leaves the folder.
func (s *scan) replaces(key pathHash) bool {
	e := s.entries[key]
	return e.kind != noEntry || e.flags&whiteout != 0
}

// maxHops bounds the symbolic links on the way to a file, as Linux does.
const maxHops = 40

// follow resolves a path through symbolic and hard links, in the image's own root. ok is false where the file
// is not there, or the links go in a circle.
func (v view) follow(name string) (real string, e entry, layer int, ok bool) {
	todo := strings.Split(path.Clean("/" + name)[1:], "/")
	real = ""
	hops := 0
	for len(todo) > 0 {
		step := todo[0]
		todo = todo[1:]
		switch step {
		case "", ".":
			continue
		case "..":
			real = parent(real)
			continue
		}
		next := path.Join(real, step)
		e, layer, ok = v.at(next)
		if !ok && len(todo) == 0 {
			return next, entry{}, -1, false
		}
		if ok && e.kind == symlinkEntry {
			if hops++; hops > maxHops {
				return next, entry{}, -1, false
			}
			target := v.layers[layer].links[hashPath(next)]
			if strings.HasPrefix(target, "/") {
				real = ""
			}
			todo = append(strings.Split(target, "/"), todo...)
			continue
		}
		real = next
	}
	if real == "" {
		return "", entry{kind: folderEntry, mode: 0o755}, -1, true
	}
	for e, layer, ok = v.at(real); ok && e.kind == hardlinkEntry; {
		if hops++; hops > maxHops {
			return real, entry{}, -1, false
		}
		// The other name is of the same layer, and may be deleted in a later one.
		real = path.Clean("/" + v.layers[layer].links[hashPath(real)])[1:]
		if e = v.layers[layer].entries[hashPath(real)]; e.kind == noEntry {
			e, layer, ok = v.at(real)
		}
	}
	return real, e, layer, ok
}

// item returns what the layer that a container sees a file from remembers of it.
func (v view) item(name string) *item {
	real, _, layer, ok := v.follow(name)
	if !ok || layer < 0 {
		return nil
	}
	return v.layers[layer].items[real]
}

// names lists the items of a layer, sorted.
func (s *scan) names() []string {
	names := make([]string, 0, len(s.items))
	for name := range s.items {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
