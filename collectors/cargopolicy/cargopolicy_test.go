package cargopolicy

import (
	"context"
	"flag"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"sallyport/internal/advisory"
	"sallyport/internal/fact"
	"sallyport/internal/fact/facttest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func TestGolden(t *testing.T) {
	for _, file := range []string{"deny.toml", "old/deny.toml", "wrong/deny.toml", ".cargo/audit.toml"} {
		got, err := facttest.Golden(New(Options{}), os.DirFS("testdata"), file)
		if err != nil {
			t.Error(err)
			continue
		}
		golden := "testdata/" + strings.ReplaceAll(file, "/", "_") + ".golden.json"
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
			t.Errorf("%s: %s", file, diff)
		}
	}
}

func collectText(name, text string, opts Options) (Policy, fact.Document, error) {
	docs, err := New(opts).Collect(context.Background(), fstest.MapFS{name: {Data: []byte(text)}}, name)
	if len(docs) == 0 {
		return Policy{}, fact.Document{}, err
	}
	return docs[0].Facts.(Policy), docs[0], err
}

func TestReasons(t *testing.T) {
	const text = `[advisories]
ignore = [
    # not reachable
    "RUSTSEC-2020-0001",
    "RUSTSEC-2020-0002", # only in tests
    "RUSTSEC-2020-0003",
    { id = "RUSTSEC-2020-0004", reason = "no fix yet" },
    { crate = "old@1.2.3" },
]
`
	p, _, err := collectText("deny.toml", text, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range p.Ignored {
		got = append(got, e.Name+" "+e.Advisory+" "+e.Crate+": "+e.Reason)
	}
	want := []string{
		"RUSTSEC-2020-0001 RUSTSEC-2020-0001 : not reachable",
		"RUSTSEC-2020-0002 RUSTSEC-2020-0002 : only in tests",
		"RUSTSEC-2020-0003 RUSTSEC-2020-0003 : ",
		"RUSTSEC-2020-0004 RUSTSEC-2020-0004 : no fix yet",
		"old@1.2.3  old@1.2.3: ",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestKnown(t *testing.T) {
	const record = "```toml\n[advisory]\nid = \"RUSTSEC-2030-0001\"\npackage = \"hyper\"\ndate = \"2026-11-19\"\naliases = [\"CVE-2030-1\"]\n[versions]\npatched = []\n```\n# Wrong\n"
	db, err := advisory.Read(fstest.MapFS{"crates/hyper/RUSTSEC-2030-0001.md": {Data: []byte(record)}})
	if err != nil {
		t.Fatal(err)
	}
	const text = "[advisories]\nignore = ['RUSTSEC-2030-0001', 'CVE-2030-1', 'RUSTSEC-2030-0002']\n"
	p, _, err := collectText("deny.toml", text, Options{Advisories: db})
	if err != nil || !p.Looked {
		t.Fatal(p, err)
	}
	want := []Ignored{
		{Name: "RUSTSEC-2030-0001", Advisory: "RUSTSEC-2030-0001", Aliases: []string{"CVE-2030-1"}, Package: "hyper", Known: true},
		{Name: "CVE-2030-1", Advisory: "CVE-2030-1", Aliases: []string{"RUSTSEC-2030-0001"}, Package: "hyper", Known: true},
		{Name: "RUSTSEC-2030-0002", Advisory: "RUSTSEC-2030-0002", Aliases: []string{}},
	}
	if diff := cmp.Diff(want, p.Ignored); diff != "" {
		t.Error(diff)
	}
}

func TestLoosened(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"deny.toml", "[advisories]\nyanked = 'allow'", "advisories.yanked"},
		{"deny.toml", "[advisories]\nyanked = 'warn'\nunmaintained = 'all'\nunsound = 'workspace'", ""},
		{"deny.toml", "[advisories]\nunmaintained = 'none'\nunsound = 'none'", "advisories.unmaintained advisories.unsound"},
		{"deny.toml", "[advisories]\nvulnerability = 'warn'\nseverity-threshold = 'high'", "advisories.vulnerability advisories.severity-threshold"},
		{"deny.toml", "[advisories]\ndisable-yank-checking = true", "advisories.disable-yank-checking"},
		{"deny.toml", "[sources]\nunknown-git = 'allow'\nunknown-registry = 'allow'", "sources.unknown-registry sources.unknown-git"},
		{"deny.toml", "[licenses]\ndefault = 'allow'\nunlicensed = 'allow'\nconfidence-threshold = 0.3", "licenses.unlicensed licenses.default licenses.confidence-threshold"},
		{"deny.toml", "[licenses]\nconfidence-threshold = 0.93\n[bans]\nmultiple-versions = 'allow'", ""},
		{"deny.toml", "[graph]\nexclude = ['openssl']", "graph.exclude"},
		{"audit.toml", "[advisories]\nseverity_threshold = 'low'\ninformational_warnings = ['notice']", "advisories.informational_warnings advisories.informational_warnings advisories.severity_threshold"},
		{"audit.toml", "[advisories]\ninformational_warnings = ['unmaintained', 'unsound']\n[yanked]\nenabled = true", ""},
		{"audit.toml", "[yanked]\nenabled = false\n[database]\nstale = true\n[target]\nos = 'linux'\narch = ['x86_64']", "database.stale yanked.enabled target.os target.arch"},
	} {
		p, doc, err := collectText(test.name, test.text, Options{})
		var got []string
		for i, l := range p.Loosened {
			got = append(got, l.Name)
			if span, ok := doc.Spans(fact.Path{"loosened", i}); !ok || span.Line == 0 {
				t.Errorf("%s has no place", l.Name)
			}
		}
		if strings.Join(got, " ") != test.want || err != nil {
			t.Errorf("%s: got %s (%v)", test.text, got, err)
		}
	}
}

func TestMatch(t *testing.T) {
	c := New(Options{})
	for file, want := range map[string]bool{
		"deny.toml": true, ".deny.toml": true, ".cargo/deny.toml": true, ".cargo/audit.toml": true, "audit.toml": false,
		"cargo/deny.yaml": false,
	} {
		if c.Match(file, nil) != want {
			t.Error(file)
		}
	}
	if !c.Match("audit.toml", []byte("# x\n[advisories]\nignore = []")) || c.Match("audit.toml", []byte("[log]\n")) {
		t.Error("audit.toml is told by what is in it")
	}
}

func FuzzCollect(f *testing.F) {
	for _, name := range []string{"deny.toml", "old/deny.toml", "wrong/deny.toml", ".cargo/audit.toml"} {
		data, err := os.ReadFile("testdata/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
		f.Add("\ufeff" + strings.ReplaceAll(string(data), "\n", "\r\n"))
	}
	f.Add("a = [[\x00")
	f.Add("advisories = " + strings.Repeat("{a=", 200))
	f.Add("[advisories]\nignore = [[], {}, 1, '']")
	f.Fuzz(func(t *testing.T, text string) {
		p, doc, err := collectText("deny.toml", text, Options{})
		if doc.Facts == nil {
			if err == nil {
				t.Fatal("neither a document nor an error")
			}
			return
		}
		if err := facttest.Whole(p); err != nil {
			t.Fatal(err)
		}
		for i := range p.Ignored {
			if _, ok := doc.Spans(fact.Path{"ignored", i}); !ok {
				t.Fatalf("entry %d has no place", i)
			}
		}
	})
}
