package compose

import (
	"context"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"sallyport/internal/fact"
	"sallyport/internal/fact/facttest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func TestGolden(t *testing.T) {
	fsys := os.DirFS("testdata")
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !New().Match(name, nil) {
			return err
		}
		t.Run(name, func(t *testing.T) {
			got, err := facttest.Golden(New(), fsys, name)
			if err != nil {
				t.Fatal(err)
			}
			golden := filepath.Join("testdata", name+".golden.json")
			if *update {
				if err := os.WriteFile(golden, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Error(diff)
			}
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestMatch(t *testing.T) {
	services := []byte("services:\n  a: {}\n")
	for name, want := range map[string]bool{
		"compose.yaml": true, "a/docker-compose.yml": true, "compose.prod.yaml": true, "docker-compose-dev.yml": true,
		"docker-compose.override.yml": true, "composer.yaml": false, "compose.json": false, "values.yaml": false, "my-compose.yml": false,
	} {
		if got := New().Match(name, nil); got != want {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
	}
	if !New().Match("my-compose.yml", services) || New().Match("stack.yml", services) {
		t.Error("a file whose name holds compose is told by its content")
	}
}

// TestMatchContent tells compose files of other names from files that have services of another kind.
func TestMatchContent(t *testing.T) {
	for text, want := range map[string]bool{
		"version: '3.8'\n# x\nservices:\n  web:\n    deploy: {}\n    image: nginx:1.27\nvolumes: {}\n": true,
		"services:\n  a:\n    environment:\n      image: x\n  b:\n    build: .\n":                      true,
		"x-a: &a\n  image: y\nservices:\n    a:\n        <<: *a\n        build: {context: .}\n":        true,
		"services:\n  a:\n    environment:\n      image: x\n":                                          false,
		"services:\n  _defaults:\n    autowire: true\n  App\\:\n    resource: ../src\n":                false,
		"image: ruby\nservices:\n  - postgres:16\ntest:\n  script: x\n":                                false,
		"on: push\njobs:\n  a:\n    services:\n      db:\n        image: postgres\n":                   false,
		"steps:\n  a:\n    image: go\nservices:\n  db:\n    image: postgres\n":                         false,
		"definitions:\n  services:\n    docker:\n      image: x\n":                                     false,
		"services:\n- a:\n    image: x\n":                                                              false,
		"services:\n":                                                                                  false,
	} {
		if got := New().Match("deploy/stack.yml", []byte(text)); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
	if text := []byte("services:\n  a:\n    image: x\n"); New().Match(".woodpecker.yml", text) || New().Match("a.json", text) {
		t.Error("a hidden file, or JSON, is none")
	}
}

// TestHealthcheckSecret looks at the password of a health check, whose first word is its form.
func TestHealthcheckSecret(t *testing.T) {
	for _, test := range []string{`["CMD", "mysqladmin", "ping", "-phunter2-4711"]`, `["CMD-SHELL", "mysqladmin ping -phunter2-4711"]`, `mysqladmin ping -phunter2-4711`} {
		f, _ := one(t, files("compose.yaml", "services:\n  a:\n    image: x:1\n    healthcheck:\n      test: "+test+"\n"), "compose.yaml")
		if leaks := f.Services[0].Leaks; len(leaks) != 1 {
			t.Errorf("%s: %+v", test, leaks)
		}
	}
}

func files(list ...string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for i := 0; i < len(list); i += 2 {
		fsys[list[i]] = &fstest.MapFile{Data: []byte(list[i+1])}
	}
	return fsys
}

func one(t *testing.T, fsys fs.FS, name string) (Facts, *fact.Document) {
	t.Helper()
	docs, err := collect(context.Background(), fsys, name)
	if err != nil || len(docs) != 1 {
		t.Fatalf("got %d documents, %v", len(docs), err)
	}
	return docs[0].Facts.(Facts), &docs[0]
}

func TestUser(t *testing.T) {
	for text, want := range map[string]User{
		"root":                  {Set: true, Value: "root", Known: true, Root: true},
		"root:root":             {Set: true, Value: "root:root", Known: true, Root: true},
		"0":                     {Set: true, Value: "0", Known: true, Root: true},
		"'0:1000'":              {Set: true, Value: "0:1000", Known: true, Root: true},
		"'00'":                  {Set: true, Value: "00", Known: true, Root: true},
		"1000:0":                {Set: true, Value: "1000:0", Known: true},
		"10001":                 {Set: true, Value: "10001", Known: true},
		"app":                   {Set: true, Value: "app", Known: true},
		"''":                    {},
		"null":                  {},
		"${X}":                  {Set: true, Value: "${X}"},
		"$X":                    {Set: true, Value: "$X"},
		"${X:-0}":               {Set: true, Value: "0", Known: true, Root: true},
		"${X-${Y:-7}}:${Z:-$W}": {Set: true, Value: "7:${Z:-$W}"},
		"${SEVEN:-0}":           {Set: true, Value: "7", Known: true},
		"${SEVEN:+0}":           {Set: true, Value: "0", Known: true, Root: true},
		"${EMPTY:-3}":           {Set: true, Value: "3", Known: true},
		"${EMPTY-3}":            {},
		"${X:?no}":              {Set: true, Value: "${X:?no}"},
		"${SEVEN?no}":           {Set: true, Value: "7", Known: true},
		"${QUOTED}":             {Set: true, Value: "a b", Known: true},
		"${X":                   {Set: true, Value: "${X"},
		"[a]":                   {Set: true},
	} {
		fsys := files("compose.yaml", "services: {a: {image: b, user: "+quote(text)+"}}", ".env", "SEVEN=7 # c\nexport EMPTY=\nQUOTED='a b'\n-=x\n")
		f, _ := one(t, fsys, "compose.yaml")
		if got := f.Services[0].User; got != want {
			t.Errorf("%s: got %+v, want %+v", text, got, want)
		}
	}
}

// quote keeps what YAML would take apart.
func quote(text string) string {
	if strings.HasPrefix(text, "$") {
		return fmt.Sprintf("%q", text)
	}
	return text
}

func TestSwitch(t *testing.T) {
	for text, want := range map[string]Switch{
		"true":        {Set: true, On: true, Known: true, Value: "true"},
		"'Yes'":       {Set: true, On: true, Known: true, Value: "Yes"},
		"false":       {Set: true, Known: true, Value: "false"},
		"null":        {Known: true},
		"maybe":       {Set: true, Value: "maybe"},
		"'${X}'":      {Set: true, Value: "${X}"},
		"'${X:-on}'":  {Set: true, On: true, Known: true, Value: "${X:-on}"},
		"{not: that}": {Set: true},
	} {
		f, _ := one(t, files("compose.yaml", "services: {a: {image: b, read_only: "+text+"}}"), "compose.yaml")
		if got := f.Services[0].ReadOnly; got != want {
			t.Errorf("%s: got %+v, want %+v", text, got, want)
		}
	}
}

func TestBuild(t *testing.T) {
	for text, want := range map[string]Build{
		".":                                 {Set: true, Known: true, Context: "app", Dockerfile: "app/Dockerfile"},
		"..":                                {Set: true, Known: true, Context: ".", Dockerfile: "Dockerfile"},
		"{context: .., dockerfile: x/D}":    {Set: true, Known: true, Context: ".", Dockerfile: "x/D"},
		"{dockerfile: ../D, target: t}":     {Set: true, Known: true, Context: "app", Dockerfile: "D", Target: "t"},
		"../..":                             {Set: true, Context: "../.."},
		"https://example.com/x.git":         {Set: true, Context: "https://example.com/x.git"},
		"{context: '${X}'}":                 {Set: true, Context: "${X}"},
		"{context: /abs}":                   {Set: true, Context: "/abs"},
		"{dockerfile_inline: FROM scratch}": {Set: true, Inline: true, Context: "app", Dockerfile: "app/Dockerfile"},
	} {
		f, _ := one(t, files("app/compose.yaml", "services: {a: {build: "+text+"}}"), "app/compose.yaml")
		want.Args, want.Entitlements, want.Privileged = []Variable{}, []setting{}, Switch{Known: true}
		if diff := cmp.Diff(want, f.Services[0].Build); diff != "" {
			t.Errorf("%s: %s", text, diff)
		}
	}
}

func TestVariants(t *testing.T) {
	base := "services: {a: {image: b, user: '5'}}"
	fsys := files("compose.yaml", base, "compose.prod.yaml", "services: {a: {tty: true}, c: {image: d}}", "compose.override.yml", "services: {a: {user: root}}",
		"x/compose.prod.yaml", base, "x/compose.override.yaml", base)
	f, doc := one(t, fsys, "compose.yaml")
	if f.Partial || !f.Services[0].User.Root || len(doc.Files) != 1 {
		t.Errorf("the override file belongs to its base: %+v", f)
	}
	if s := doc.Locate(fact.Path{"services", 0, "user"}); s.File != "compose.override.yml" || s.Line != 1 {
		t.Errorf("got %v", s)
	}
	if s := doc.Locate(fact.Path{"services", 0, "read_only"}); s.File != "" {
		t.Errorf("what is missing is missing in the base, not at %v", s)
	}
	if f, _ := one(t, fsys, "compose.prod.yaml"); !f.Partial || !f.Services[0].Partial || f.Services[1].Partial {
		t.Errorf("got %+v", f)
	}
	for _, name := range []string{"x/compose.prod.yaml", "x/compose.override.yaml"} {
		if f, _ := one(t, fsys, name); f.Partial || f.Services[0].Partial {
			t.Errorf("%s has no base", name)
		}
	}
	if docs, err := collect(context.Background(), fsys, "compose.override.yml"); len(docs) != 0 || err != nil {
		t.Errorf("got %d documents, %v", len(docs), err)
	}
}

func TestInclude(t *testing.T) {
	fsys := files("compose.yaml", "include: [db/compose.yaml, {path: [infra.yml]}, oci://x/y]\nservices: {}", "db/compose.yaml", "services: {}",
		"infra.yml", "services: {a: {image: b}}")
	docs, err := collect(context.Background(), fsys, "compose.yaml")
	if err != nil || len(docs) != 2 || docs[1].Path != "infra.yml" {
		t.Errorf("an included file that no name tells is collected with its includer: %d documents, %v", len(docs), err)
	}
}

// A file of variables that only the compose file names as one is judged with it.
func TestEnvFile(t *testing.T) {
	fsys := files("compose.yaml", "services: {a: {image: b, env_file: [.env, {path: settings, required: false}, gone]}}",
		".env", "DB_PASSWORD=Tr0ub4dor-3x\n", "settings", "A=1\nDB_PASSWORD='Tr0ub4dor-3x'\n")
	f, doc := one(t, fsys, "compose.yaml")
	s := f.Services[0]
	if len(s.EnvFiles) != 3 || len(s.EnvFiles[0].Variables) != 0 || len(s.EnvFiles[1].Variables) != 2 || s.EnvFiles[2].Found || len(s.Leaks) != 1 {
		t.Fatalf("got %+v", s)
	}
	if got := doc.Locate(s.Leaks[0].At); got.File != "settings" || got.Line != 2 {
		t.Errorf("got %v", got)
	}
}

func TestMistakes(t *testing.T) {
	long := "services:\n"
	for i := range 40 {
		long += fmt.Sprintf("  a%d: {extends: a%d}\n", i, i+1)
	}
	for text, want := range map[string]string{
		"- a\n":                            "compose.yaml:1:1: the file is no mapping: write services: with one mapping for each service",
		"services: [a]\n":                  "compose.yaml:1:1: services is no mapping: write a mapping of service names",
		"services: x\n":                    "compose.yaml:1:1: services is no mapping: write a mapping of service names",
		"services: {a: [b]}\n":             "compose.yaml:1:12: service \"a\" is no mapping: write a mapping with image or build",
		"web:\n  image: a\n":               "compose.yaml:1:1: the format of compose 1, which has no services:: put the services under a top-level services:",
		"services: {a: {environment: x}}":  "compose.yaml:1:16: environment of service \"a\" is no mapping: write a mapping",
		"include: [x.yaml]\nservices: {}":  "compose.yaml:1:11: the included file x.yaml is not there: correct the path",
		"services:\n\ta: {}\n":             "compose.yaml:2:1: a tab in the indentation, where YAML allows only spaces: indent with spaces",
		"services:\n  a: {extends: a}":     "compose.yaml:2:7: service \"a\" extends itself: compose.yaml:a, compose.yaml:a: remove one of these extends",
		long + "  a40: {image: x}\n":       "compose.yaml:34:9: a chain of more than 32 services that extend one another: shorten the chain",
		"":                                 "",
		"services: {a: }":                  "",
		"version: '3'\nvolumes: {a: {}}\n": "",
	} {
		_, err := collect(context.Background(), files("compose.yaml", text), "compose.yaml")
		got := ""
		if all := fact.Errors(err); len(all) > 0 {
			got = all[0].Error()
		}
		if got != want {
			t.Errorf("%.40q: got %q, want %q", text, got, want)
		}
	}
}

func FuzzCollect(f *testing.F) {
	err := filepath.WalkDir("testdata", func(name string, d fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) == ".json" || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(name)
		f.Add(string(text))
		f.Add("\xef\xbb\xbf" + strings.ReplaceAll(string(text), "\n", "\r\n"))
		return err
	})
	if err != nil {
		f.Fatal(err)
	}
	f.Add("services: {a: {user: \"\x00\"}}")
	f.Add("services: {a: {user: \"" + strings.Repeat("${a:-", 500) + "\"}}")
	f.Add("services: {a: {ports: [[], {}, ':'], volumes: ['C:\\', {}, []], extends: [], build: [], environment: [[]], image: 'A:B'}}")
	f.Fuzz(func(t *testing.T, text string) {
		docs, _ := collect(context.Background(), files("compose.yaml", text, "compose.override.yaml", text, ".env", text), "compose.yaml")
		for _, d := range docs {
			if err := facttest.Whole(d.Facts); err != nil {
				t.Error(err)
			}
			for i := range d.Facts.(Facts).Services {
				d.Locate(fact.Path{"services", i, "user"})
			}
		}
	})
}
