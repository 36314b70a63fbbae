package cargolock

import (
	"encoding/json"
	"path"
	"slices"
	"strings"

	"sallyport/internal/syntax"
)

// The shape of what cargo metadata writes, as far as it matters here
// (https://doc.rust-lang.org/cargo/commands/cargo-metadata.html).
type (
	fileMetadata struct {
		Packages []metaPackage `json:"packages"`
		Members  []string      `json:"workspace_members"`
		Resolve  *metaResolve  `json:"resolve"`
	}
	metaPackage struct {
		ID           string           `json:"id"`
		Name         string           `json:"name"`
		Version      string           `json:"version"`
		Source       string           `json:"source"`
		Dependencies []metaDependency `json:"dependencies"`
	}
	metaDependency struct {
		Name     string `json:"name"`
		Kind     string `json:"kind"` // null is normal
		Optional bool   `json:"optional"`
	}
	metaResolve struct {
		Nodes []metaNode `json:"nodes"`
	}
	metaNode struct {
		ID   string     `json:"id"`
		Deps []metaEdge `json:"deps"`
	}
	metaEdge struct {
		Package string `json:"pkg"`
		Kinds   []struct {
			Kind string `json:"kind"`
		} `json:"dep_kinds"`
	}
)

// maxMetadata bounds how many files are tried.
const maxMetadata = 20

// resolved reads, of the files that cargo metadata wrote, the one that is about this lock file: the levels of its packages, by
// which features, targets and build scripts really need them, and nowhere for those that are not built. It is nil where none is.
func (w *workspace) resolved(lock *Lock) []int {
	files := slices.Clone(w.metadata)
	slices.SortStableFunc(files, func(a, b string) int { return distance(w.dir, a) - distance(w.dir, b) })
	for _, file := range files[:min(len(files), maxMetadata)] {
		data, err := syntax.Read(w.fsys, file)
		var m fileMetadata
		if err != nil || json.Unmarshal(data, &m) != nil || m.Resolve == nil {
			continue // it is judged as a document of its own
		}
		if levels := w.levelsOf(lock, &m); levels != nil {
			w.files = append(w.files, file)
			return levels
		}
	}
	return nil
}

// distance is how many folders lie between two.
func distance(dir, file string) int {
	a, b := strings.Split(dir, "/"), strings.Split(path.Dir(file), "/")
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	return len(a) + len(b)
}

// levelsOf is nil where the file is about other packages than the lock file has.
func (w *workspace) levelsOf(lock *Lock, m *fileMetadata) []int {
	index := make(map[string]int, len(lock.Packages))
	for i, p := range lock.Packages {
		id := p.Name + " " + p.Version + " " + p.Kind
		if _, twice := index[id]; twice {
			return nil // of two git repositories, and the file writes them in another way
		}
		index[id] = i
	}
	at := make(map[string]int, len(m.Packages)) // by id
	asked := map[string][]metaDependency{}
	for _, p := range m.Packages {
		kind := "path"
		if p.Source != "" {
			kind, _, _ = strings.Cut(p.Source, "+")
		}
		if kind == "sparse" {
			kind = "registry"
		}
		i, ok := index[p.Name+" "+p.Version+" "+kind]
		if !ok {
			return nil
		}
		at[p.ID], asked[p.ID] = i, p.Dependencies
		if p.Source == "" && !covers(p.Dependencies, lock, i) {
			return nil
		}
	}
	members := map[string]bool{}
	for _, id := range m.Members {
		if i, ok := at[id]; !ok || lock.Packages[i].Kind != "path" {
			return nil
		}
		members[id] = true
	}
	if len(members) == 0 {
		return nil
	}
	return spread(lock, m, at, func(id, name, kind string) int {
		level := levelOf(kind)
		own := func(d metaDependency) bool { return d.Name == name && scopeOf(d.Kind) == kind }
		list := slices.DeleteFunc(slices.Clone(asked[id]), func(d metaDependency) bool { return !own(d) })
		if len(list) > 0 && !slices.ContainsFunc(list, func(d metaDependency) bool { return !d.Optional }) {
			level++
		}
		return level
	})
}

// covers holds where a member asks for all that is locked for it: else the file was made before the manifest changed.
func covers(asked []metaDependency, lock *Lock, member int) bool {
	names := map[string]bool{}
	for _, d := range asked {
		names[d.Name] = true
	}
	return !slices.ContainsFunc(lock.Packages[member].Dependencies, func(i int) bool { return !names[lock.Packages[i].Name] })
}

func scopeOf(kind string) string {
	if kind == "" {
		return "normal"
	}
	return kind
}

// An edge of the resolved graph leads from one locked package to another, at a level.
type edge struct{ to, level int }

// spread finds the weightiest level of each package: a way is as weighty as its lightest part, and optional where it begins so.
func spread(lock *Lock, m *fileMetadata, at map[string]int, first func(id, name, kind string) int) []int {
	edges := make([][]edge, len(lock.Packages))
	queues := make([][]int, nowhere)
	levels := slices.Repeat([]int{nowhere}, len(lock.Packages))
	for _, n := range m.Resolve.Nodes {
		i, ok := at[n.ID]
		if !ok || slices.ContainsFunc(n.Deps, func(d metaEdge) bool { return len(d.Kinds) == 0 }) {
			return nil // cargo before 1.41 does not say the kinds
		}
		own := lock.Packages[i].Kind == "path"
		if own {
			levels[i] = normal
		}
		for _, d := range n.Deps {
			to, ok := at[d.Package]
			if !ok {
				continue
			}
			for _, k := range d.Kinds {
				switch kind := scopeOf(k.Kind); {
				case levelOf(kind) == unclear:
				case own:
					level := first(n.ID, lock.Packages[to].Name, kind)
					queues[level] = append(queues[level], to)
				default:
					edges[i] = append(edges[i], edge{to, levelOf(kind)})
				}
			}
		}
	}
	for level := range queues {
		for ; len(queues[level]) > 0; queues[level] = queues[level][1:] {
			i := queues[level][0]
			if levels[i] <= level {
				continue
			}
			levels[i] = level
			for _, e := range edges[i] {
				next := max(level&^1, e.level) | level&1
				queues[next] = append(queues[next], e.to)
			}
		}
	}
	return levels
}
