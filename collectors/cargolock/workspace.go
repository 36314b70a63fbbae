package cargolock

import (
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"sallyport/internal/fact"
	"sallyport/internal/syntax"
)

// A workspace is what the manifests beside a lock file say: which members there are, and what each asks for.
type workspace struct {
	fsys    fs.FS
	dir     string
	members map[string]*manifest // by the name of the package
	shared  map[string]any       // [workspace.dependencies]
	files   []string
	budget  int   // steps of searching that are left
	levels  []int // by package, see reach
	// metadata are the files of the tree that cargo metadata wrote, and built the levels by the one that fits; nil without.
	metadata []string
	asked    bool
	built    []int
}

// A manifest is one Cargo.toml of the workspace.
type manifest struct {
	file  string
	spans fact.Locator
	deps  []dependency
	named map[string][]int // deps by name
}

type dependency struct {
	key, name string
	level     int
	at        fact.Path
}

// A place is a path in a manifest.
type place struct {
	manifest *manifest
	at       string
}

const (
	maxMembers  = 5000
	maxValuesIn = 100_000 // of one manifest
	maxSteps    = 5_000_000
)

// The shape of a manifest, as far as it matters here
// (https://doc.rust-lang.org/cargo/reference/manifest.html).
type (
	fileManifest struct {
		Package   filePackageName      `toml:"package"`
		Workspace fileWorkspace        `toml:"workspace"`
		Normal    map[string]any       `toml:"dependencies"`
		Build     map[string]any       `toml:"build-dependencies"`
		Dev       map[string]any       `toml:"dev-dependencies"`
		OldBuild  map[string]any       `toml:"build_dependencies"`
		OldDev    map[string]any       `toml:"dev_dependencies"`
		Target    map[string]fileTable `toml:"target"`
	}
	filePackageName struct {
		Name string `toml:"name"`
	}
	fileWorkspace struct {
		Members      []string       `toml:"members"`
		Dependencies map[string]any `toml:"dependencies"`
	}
	fileTable struct {
		Normal map[string]any `toml:"dependencies"`
		Build  map[string]any `toml:"build-dependencies"`
		Dev    map[string]any `toml:"dev-dependencies"`
	}
)

// readWorkspace reads the manifest beside the lock file and those of its members. What cannot be read is left
// out: the manifests are judged as documents of their own, and a member without one has an unknown scope.
func readWorkspace(fsys fs.FS, lock string) *workspace {
	w := &workspace{fsys: fsys, dir: path.Dir(lock), members: map[string]*manifest{}, budget: maxSteps}
	root := w.read(w.dir)
	if root == nil {
		return w
	}
	w.shared = root.Workspace.Dependencies
	queue := w.expand(root)
	seen := map[string]bool{w.dir: true}
	w.add(w.dir, root)
	for queue = append(queue, pathDependencies(w.dir, root)...); len(queue) > 0 && len(seen) < maxMembers; queue = queue[1:] {
		dir := queue[0]
		if seen[dir] || !fs.ValidPath(dir) {
			continue
		}
		seen[dir] = true
		if m := w.read(dir); m != nil {
			w.add(dir, m)
			queue = append(queue, pathDependencies(dir, m)...)
		}
	}
	return w
}

// expand finds the folders that the members' patterns name.
func (w *workspace) expand(root *fileManifest) []string {
	var dirs []string
	for _, pattern := range root.Workspace.Members {
		full := path.Join(w.dir, pattern)
		if !strings.ContainsAny(pattern, "*?[") {
			dirs = append(dirs, full)
			continue
		}
		found, _ := fs.Glob(w.fsys, full)
		dirs = append(dirs, found...)
		if len(dirs) > maxMembers {
			return dirs[:maxMembers]
		}
	}
	return dirs
}

// pathDependencies are members too, where they lie below the workspace.
func pathDependencies(dir string, m *fileManifest) []string {
	var dirs []string
	for _, table := range tables(m) {
		for _, key := range slices.Sorted(maps.Keys(table.deps)) {
			if spec, ok := table.deps[key].(map[string]any); ok {
				if at, ok := spec["path"].(string); ok {
					dirs = append(dirs, path.Join(dir, at))
				}
			}
		}
	}
	return dirs
}

func (w *workspace) read(dir string) *fileManifest {
	file := path.Join(dir, "Cargo.toml")
	data, err := syntax.Read(w.fsys, file)
	if err != nil {
		return nil
	}
	m := &fileManifest{}
	tree, _ := syntax.ReadTOML(file, data, maxValuesIn, m)
	if tree.Spans == nil {
		return nil
	}
	w.files = append(w.files, file)
	if m.Package.Name != "" {
		w.members[m.Package.Name] = &manifest{file: file, spans: tree.Spans, named: map[string][]int{}}
	}
	return m
}

type table struct {
	scope string
	at    fact.Path
	deps  map[string]any
}

func tables(m *fileManifest) []table {
	all := []table{
		{"normal", fact.Path{"dependencies"}, m.Normal},
		{"build", fact.Path{"build-dependencies"}, m.Build},
		{"build", fact.Path{"build_dependencies"}, m.OldBuild},
		{"dev", fact.Path{"dev-dependencies"}, m.Dev},
		{"dev", fact.Path{"dev_dependencies"}, m.OldDev},
	}
	for _, name := range slices.Sorted(maps.Keys(m.Target)) {
		t := m.Target[name]
		all = append(all,
			table{"normal", fact.Path{"target", name, "dependencies"}, t.Normal},
			table{"build", fact.Path{"target", name, "build-dependencies"}, t.Build},
			table{"dev", fact.Path{"target", name, "dev-dependencies"}, t.Dev})
	}
	return all
}

func (w *workspace) add(dir string, m *fileManifest) {
	member := w.members[m.Package.Name]
	if member == nil || path.Dir(member.file) != dir {
		return
	}
	for _, t := range tables(m) {
		for _, key := range slices.Sorted(maps.Keys(t.deps)) {
			d := dependency{key: key, name: key, level: levelOf(t.scope), at: join(t.at, key)}
			spec, _ := t.deps[key].(map[string]any)
			if inherited, _ := spec["workspace"].(bool); inherited {
				if from, ok := w.shared[key].(map[string]any); ok {
					d.rename(from)
				}
			}
			d.rename(spec)
			if optional, _ := spec["optional"].(bool); optional {
				d.level++
			}
			member.named[d.name] = append(member.named[d.name], len(member.deps))
			member.deps = append(member.deps, d)
		}
	}
}

func (d *dependency) rename(spec map[string]any) {
	if name, ok := spec["package"].(string); ok {
		d.name = name
	}
}
