package conventions

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
)

// forbidden are words that have no place in the sources, with the reason.
var forbidden = []struct {
	pattern *regexp.Regexp
	because string
}{
	{regexp.MustCompile(`(?i)failed` + ` to\b`), "an error names the place, then the cause"},
	{regexp.MustCompile(`(?://|#).*\b(TO` + `DO|FIX` + `ME|XX` + `X)\b`), "work that is left belongs into the tracker"},
}

func words(fsys fs.FS) ([]string, error) {
	var problems []string
	err := fs.WalkDir(fsys, ".", func(file string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (strings.HasPrefix(d.Name(), ".") && file != "." || d.Name() == "testdata" || d.Name() == "node_modules"):
			return fs.SkipDir
		case d.IsDir():
			return nil
		}
		switch path.Ext(file) {
		case ".go", ".rego", ".md":
		default:
			return nil
		}
		text, err := fs.ReadFile(fsys, file)
		if err != nil {
			return err
		}
		for n, line := range bytes.Split(text, []byte("\n")) {
			for _, f := range forbidden {
				if f.pattern.Match(line) {
					problems = append(problems, file+": line "+strconv.Itoa(n+1)+": "+strings.TrimSpace(string(line))+": "+f.because)
				}
			}
		}
		return nil
	})
	return problems, err
}

func TestWords(t *testing.T) {
	problems, err := words(os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Error(p)
	}
	problems, err = words(fstest.MapFS{"x.go": {Data: []byte("// failed" + " to read\n")}})
	if err != nil || len(problems) != 1 {
		t.Errorf("the test cannot fail: %v, %v", problems, err)
	}
}

// undocumented lists exported declarations without a comment.
func undocumented(name string, src []byte) ([]string, error) {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, name, src, parser.ParseComments)
	if err != nil {
		return nil, err
	}
	var problems []string
	add := func(id *ast.Ident) {
		if id.IsExported() {
			problems = append(problems, fset.Position(id.Pos()).String()+": "+id.Name+" has no comment")
		}
	}
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Doc == nil && d.Recv == nil {
				add(d.Name)
			}
		case *ast.GenDecl:
			for _, s := range d.Specs {
				switch s := s.(type) {
				case *ast.TypeSpec:
					if d.Doc == nil && s.Doc == nil {
						add(s.Name)
					}
				case *ast.ValueSpec:
					if d.Doc == nil && s.Doc == nil && s.Comment == nil {
						add(s.Names[0])
					}
				}
			}
		}
	}
	return problems, nil
}

func TestExportedNamesAreDocumented(t *testing.T) {
	err := fs.WalkDir(os.DirFS("../.."), ".", func(file string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (strings.HasPrefix(d.Name(), ".") && file != "." || d.Name() == "testdata"):
			return fs.SkipDir
		case d.IsDir() || path.Ext(file) != ".go" || strings.HasSuffix(file, "_test.go"):
			return nil
		}
		text, err := os.ReadFile("../../" + file)
		if err != nil {
			return err
		}
		problems, err := undocumented(file, text)
		for _, p := range problems {
			t.Error(p)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if p, err := undocumented("x.go", []byte("package x\n\nfunc X() {}\n")); err != nil || len(p) != 1 {
		t.Errorf("the test cannot fail: %v, %v", p, err)
	}
}
