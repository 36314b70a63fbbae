package bundles

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"

	"sallyport/bundles/vm"
)

// A library is what all rules share: helper modules and tables.
type library struct {
	modules []helper
	tables  []table
	plans   plans

	once    sync.Once
	data    map[string]any // data.tables
	dataErr error
}

type helper struct {
	tree Tree
	file string
	text func() string
}

type table struct {
	tree       Tree
	file, name string
	value      func() vm.Value // an object that reads the table when asked
}

func (l *library) addModule(tree Tree, file string) error {
	for _, h := range l.modules {
		if h.file == file {
			return fmt.Errorf("%s/%s: the helper exists already in %s: choose another name", tree.Name, file, h.tree.Name)
		}
	}
	text, err := tree.text(file)
	if err != nil {
		return err
	}
	l.modules = append(l.modules, helper{tree: tree, file: file, text: text})
	return nil
}

func (l *library) addTable(tree Tree, file string) error {
	name, _, _ := strings.Cut(strings.TrimPrefix(file, "tables/"), "/")
	for _, t := range l.tables {
		if t.name == name {
			return fmt.Errorf("%s/%s: the table exists already in %s: choose another name", tree.Name, file, t.tree.Name)
		}
	}
	t := table{tree: tree, file: file, name: name}
	t.value = sync.OnceValue(func() vm.Value { return vm.Lazy(t.read) })
	l.tables = append(l.tables, t)
	return nil
}

// read is the table for the machine. The built-in tables are JSON, as the tests know.
func (t *table) read() vm.Value {
	text, err := fs.ReadFile(t.tree.FS, t.file)
	if err != nil {
		return nil
	}
	values, err := vm.ParseJSON(string(text))
	if err != nil {
		return nil
	}
	return values[0]
}

// values reads the tables, once and only when a rule needs one.
func (l *library) values() (map[string]any, error) {
	l.once.Do(func() {
		l.data = map[string]any{}
		for _, t := range l.tables {
			text, err := fs.ReadFile(t.tree.FS, t.file)
			if err == nil {
				var v any
				if err = json.Unmarshal(text, &v); err == nil {
					l.data[t.name] = v
					continue
				}
			}
			l.dataErr = fmt.Errorf("%s/%s: %w", t.tree.Name, t.file, err)
			return
		}
	})
	return l.data, l.dataErr
}

// needed parses the helpers that a set of rules imports, and those which these import in turn. A tree sees
// its own helpers and the built-in ones.
func (l *library) needed(tree Tree, modules map[string]*ast.Module) error {
	for {
		grown := false
		for _, h := range l.modules {
			key := h.tree.Name + "/" + h.file
			pkg := "policies." + strings.ReplaceAll(strings.TrimSuffix(h.file, ".rego"), "/", ".")
			if modules[key] != nil || !(h.tree.BuiltIn || h.tree.Name == tree.Name) || !mentions(modules, pkg) {
				continue
			}
			m, err := parse(key, h.text())
			if err != nil {
				return locate(err)
			}
			if got := packageName(m); got != pkg {
				return fmt.Errorf("%s: package %s, want %s: the path is the name", key, got, pkg)
			}
			modules[key], grown = m, true
		}
		if !grown {
			return nil
		}
	}
}

// mentions tells whether a module refers to a package, by import or in full.
func mentions(modules map[string]*ast.Module, pkg string) bool {
	found := false
	prefix := ast.MustParseRef("data." + pkg)
	for _, m := range modules {
		ast.WalkRefs(m, func(r ast.Ref) bool {
			found = found || r.HasPrefix(prefix)
			return found
		})
		for _, imp := range m.Imports {
			if r, ok := imp.Path.Value.(ast.Ref); ok && r.HasPrefix(prefix) {
				found = true
			}
		}
		if found {
			return true
		}
	}
	return false
}

func parse(file, text string) (*ast.Module, error) {
	m, err := ast.ParseModuleWithOpts(file, text, ast.ParserOptions{Capabilities: capabilities(), RegoVersion: ast.RegoV1})
	if err == nil && m == nil {
		err = fmt.Errorf("%s:1: the file is empty", file)
	}
	return m, err
}

// packageName is a module's package without the leading data.
func packageName(m *ast.Module) string {
	return strings.TrimPrefix(m.Package.Path.String(), "data.")
}
