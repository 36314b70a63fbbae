package config

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"sallyport/internal/fact"
	"sallyport/internal/fact/facttest"
	"sallyport/internal/finding"
	"sallyport/internal/tree"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func unpack(text []byte) fs.FS {
	fsys := fstest.MapFS{}
	for _, f := range txtar.Parse(text).Files {
		fsys[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	return fsys
}

func TestGolden(t *testing.T) {
	names, _ := filepath.Glob("testdata/*.txtar")
	if len(names) == 0 {
		t.Fatal("no testdata")
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		got, err := facttest.Golden(Collector(now), unpack(text), File)
		if err != nil {
			t.Fatal(err)
		}
		golden := strings.TrimSuffix(name, ".txtar") + ".golden.json"
		if *update {
			if err := os.WriteFile(golden, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(string(want), string(got)); d != "" {
			t.Errorf("%s:\n%s", name, d)
		}
	}
}

// docs puts documents into a line each.
func docs(e *Effective) []string {
	all := []string{}
	for _, d := range e.Documents() {
		f := d.Facts.(Facts)
		line := fmt.Sprintf("%s trusted=%v ref=%s changed=%v", f.Path, f.Trusted, f.TrustedRef, f.Changed)
		for i, w := range f.Waivers {
			line += fmt.Sprintf(" [%d %s used=%v applies=%v]", d.Locate(fact.Path{"waivers", i, "used"}).Line, w.Path, w.Used, w.Applies)
		}
		for i, r := range f.Refused {
			line += fmt.Sprintf(" {%d %s}", d.Locate(fact.Path{"refused", i, "name"}).Line, r.Name)
		}
		all = append(all, line)
	}
	return all
}

func TestDocuments(t *testing.T) {
	const other = "\n[[waiver]]\nrule = 'compose/privileged'\npath = 'other'\nreason = 'r'\nowner = 'o'\nexpires = 2026-07-02\n"
	ref := func(text string) *Config {
		c := parse(t, File, text)
		c.Ref = "main"
		return c
	}
	for _, c := range []struct {
		name          string
		trusted, tree *Config
		want          []string
	}{
		{"nothing", nil, nil, []string{}},
		{
			"the tree alone", nil, parse(t, File, waiverLines),
			[]string{"sallyport.toml trusted=false ref= changed=false [1 svc/** used=true applies=false] {1 waiver dockerfile/root_user svc/**}"},
		},
		{
			"a file outside", parse(t, "/etc/t.toml", waiverLines), nil,
			[]string{"/etc/t.toml trusted=true ref= changed=false [1 svc/** used=true applies=true]"},
		},
		{"a file outside and the tree", parse(t, "t.toml", waiverLines), parse(t, File, "fail_on = 'critical'"), []string{
			"t.toml trusted=true ref= changed=false [1 svc/** used=true applies=true]",
			"sallyport.toml trusted=false ref= changed=false {1 fail_on}",
		}},
		{
			"the same as at the ref", ref(waiverLines), parse(t, File, waiverLines),
			[]string{"sallyport.toml trusted=true ref=main changed=false [1 svc/** used=true applies=true]"},
		},
		{"nothing at the ref", ref(""), nil, []string{}},
		{"new", ref(""), parse(t, File, "fail_on = 'low'"), []string{"sallyport.toml trusted=false ref=main changed=true"}},
		{"a waiver more", ref(waiverLines), parse(t, File, waiverLines+other), []string{
			"sallyport.toml trusted=false ref=main changed=true [1 svc/** used=true applies=true] [8 other used=false applies=false] {8 waiver compose/privileged other}",
		}},
		{"a waiver less", ref(waiverLines + other), parse(t, File, waiverLines), []string{
			"sallyport.toml trusted=false ref=main changed=true [1 svc/** used=true applies=true]",
			"sallyport.toml@main trusted=true ref=main changed=false [8 other used=false applies=true]",
		}},
		{"deleted", ref(waiverLines), nil, []string{
			"sallyport.toml trusted=false ref=main changed=true",
			"sallyport.toml@main trusted=true ref=main changed=false [1 svc/** used=true applies=true]",
		}},
	} {
		e := Merge(c.trusted, c.tree, 0, now)
		e.Waive(at("dockerfile/root_user", "svc/Dockerfile", ""))
		if d := cmp.Diff(c.want, docs(e)); d != "" {
			t.Errorf("%s:\n%s", c.name, d)
		}
		for _, d := range e.Documents() {
			if err := facttest.Whole(d.Facts); err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
		}
	}
}

func FuzzCollect(f *testing.F) {
	names, _ := filepath.Glob("testdata/*.txtar")
	for _, name := range names {
		text, _ := os.ReadFile(name)
		for _, file := range txtar.Parse(text).Files {
			f.Add(file.Data, []byte(waiverLines))
		}
	}
	for _, text := range []string{
		"", "\xef\xbb\xbffail_on = 'low'\r\n", "\x00", "\xff", "a = " + strings.Repeat("[", 2000),
		"waiver = [{rule='a'}]", "[[waiver]]\n[[waiver.x]]", "rules = {}", "[rules.'']", "[evidence.'a b']\nrequired=true", "[limits]\nmax_files = 9223372036854775807",
	} {
		f.Add([]byte(text), []byte(text))
	}
	f.Fuzz(func(t *testing.T, own, trusted []byte) {
		fsys := fstest.MapFS{File: {Data: own}, exampleTrusted: {Data: trusted}}
		docs, err := Collector(now).Collect(context.Background(), fsys, File)
		if err != nil && len(docs) > 0 {
			t.Error("documents and an error")
		}
		for i := range docs {
			if err := facttest.Whole(docs[i].Facts); err != nil {
				t.Error(err)
			}
			if _, err := json.Marshal(docs[i].Facts); err != nil {
				t.Error(err)
			}
			for j := range docs[i].Facts.(Facts).Refused {
				if docs[i].Locate(fact.Path{"refused", j}).Line < 1 {
					t.Error("a refusal without a place")
				}
			}
		}
	})
}

func TestInitIsAConfiguration(t *testing.T) {
	text := string(Init(map[string]int{"dockerfile": 2, "scan": 1}, []string{"scan"}, ruleSet))
	c := parse(t, File, text)
	if e := Merge(nil, c, 0, now); len(e.refused) > 0 || e.FailOn != finding.High {
		t.Errorf("as it is written: %+v", inForce(e))
	}
	var lines []string
	for line := range strings.Lines(text) {
		if rest, ok := strings.CutPrefix(line, "#"); ok && !strings.HasPrefix(rest, " ") && rest != "\n" {
			line = rest
		}
		lines = append(lines, line)
	}
	all := parse(t, File, strings.Join(lines, ""))
	if len(all.waivers) != 1 || len(all.rules) != 3 || len(all.evidence) != 1 || all.raw.Limits.Depth != 64 {
		t.Errorf("with every example taken:\n%s", strings.Join(lines, ""))
	}
	if e := Merge(nil, all, 0, now); !slices.ContainsFunc(e.refused, func(r refusal) bool { return strings.HasPrefix(r.setting, "waiver") }) {
		t.Errorf("%+v", e.refused)
	}
}

// TestDocumentation holds the examples of docs/configuration.md against the program.
func TestDocumentation(t *testing.T) {
	page, err := os.ReadFile("../../docs/configuration.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := strings.Split(string(page), "```toml\n")[1:]
	if len(blocks) != 3 {
		t.Fatalf("%d examples", len(blocks))
	}
	for _, b := range blocks {
		text, _, _ := strings.Cut(b, "```")
		c, err := Parse(File, []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if l := (Limits{tree.DefaultFileSize, tree.DefaultImageSize, tree.DefaultFiles, tree.DefaultDepth}); c.has("limits") && c.raw.Limits != l {
			t.Errorf("the page gives other limits than %+v", l)
		}
	}
	var keys []string
	for _, t := range []reflect.Type{reflect.TypeFor[settings](), reflect.TypeFor[rule](), reflect.TypeFor[evidence](), reflect.TypeFor[Limits](), reflect.TypeFor[waiverText](), reflect.TypeFor[bindingText](), reflect.TypeFor[selectorText](), reflect.TypeFor[requirement]()} {
		keys = append(keys, keysAt(t, nil)...)
	}
	for _, key := range keys {
		if !strings.Contains(string(page), key) {
			t.Errorf("the page does not say what %s is", key)
		}
	}
}
