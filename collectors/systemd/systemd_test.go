package systemd

import (
	"context"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"sallyport/internal/fact"
	"sallyport/internal/fact/facttest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// goldens are the fixtures: the root of the tree and the file in it.
var goldens = [][2]string{
	{"hardened", "etc/systemd/system/ledger.service"},
	{"laptop", "ledger.service"},
	{"template", "worker@.service"},
	{"partial", "nginx.service.d/override.conf"},
	{"partial", "nginx.service.d/z-late.conf"},
	{"edge", "app.socket"},
	{"edge", "broken.service"},
	{"edge", "masked.service"},
	{"edge", "backup.timer"},
	{"prefix", "app-web.service"},
	{"prefix", "service.d/05-b.conf"},
}

func TestGolden(t *testing.T) {
	for _, g := range goldens {
		got, err := facttest.Golden(New(Options{}), os.DirFS("testdata/"+g[0]), g[1])
		if err != nil {
			t.Error(err)
			continue
		}
		golden := "testdata/" + g[0] + "." + strings.ReplaceAll(g[1], "/", "_") + ".golden.json"
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
			t.Errorf("%s: %s", g, diff)
		}
	}
}

func collectText(t *testing.T, text string) (Unit, error) {
	t.Helper()
	docs, err := collect(context.Background(), fstest.MapFS{"app.service": {Data: []byte(text)}}, "app.service")
	if len(docs) != 1 {
		t.Fatalf("%d documents, %v", len(docs), err)
	}
	return docs[0].Facts.(Unit), err
}

func TestIdentity(t *testing.T) {
	for settings, want := range map[string]string{
		"":                                "root",
		"User=root":                       "root",
		"User=0":                          "root",
		"User=app":                        "app",
		"User=app\nUser=":                 "root",
		"User=root\nUser=app":             "app",
		"DynamicUser=yes":                 "dynamic",
		"DynamicUser=YES":                 "dynamic",
		"DynamicUser=yes\nDynamicUser=no": "root",
		"DynamicUser=yes\nUser=root":      "root",
		"User=1000":                       "1000",
		"user=app":                        "root",
		"#User=app":                       "root",
		"User=app\\\n":                    "app",
		"Group=x\\\n# User=no\nUser=app":  "root",
		"User = app ":                     "app",
	} {
		f, _ := collectText(t, "[Service]\nExecStart=/bin/app\n"+settings+"\n")
		got := f.Identity.User
		switch {
		case f.Identity.Root:
			got = "root"
		case got == "":
			got = "dynamic"
		}
		if got != want {
			t.Errorf("%q: %s, want %s", settings, got, want)
		}
	}
}

func TestFilesystem(t *testing.T) {
	for settings, want := range map[string]string{
		"":                                     "no false",
		"ProtectSystem=yes":                    "yes false",
		"ProtectSystem=1":                      "yes false",
		"ProtectSystem=full":                   "full false",
		"ProtectSystem=strict":                 "strict true",
		"ProtectSystem=strict\nProtectSystem=": "strict true",
		"ProtectSystem=strict # always":        "no false",
		"ProtectSystem=STRICT":                 "no false",
		"ProtectSystem=full\nDynamicUser=yes":  "strict true",
		"ReadOnlyPaths=/":                      "no true",
		"ReadOnlyDirectories=/":                "no true",
		"ReadOnlyPaths=/\nReadOnlyPaths=":      "no false",
		"ReadOnlyPaths=/usr":                   "no false",
		"RootImage=/var/lib/a.squashfs":        "no true",
		"RootImage=/var/lib/a.raw":             "no false",
		"RootImage=/var/lib/a.raw\nRootVerity=/var/lib/a.verity": "no true",
	} {
		f, err := collectText(t, "[Service]\nExecStart=/bin/app\n"+settings+"\n")
		got := fmt.Sprint(f.Filesystem.ProtectSystem, " ", f.Filesystem.ReadOnly)
		if got != want || err != nil {
			t.Errorf("%q: %s, %v, want %s", settings, got, err, want)
		}
	}
}

func TestExec(t *testing.T) {
	for value, want := range map[string]string{
		"/bin/a b 'c d' \"e\\tf\"": `/bin/a ["/bin/a" "b" "c d" "e\tf"]`,
		"-/bin/a":                  `/bin/a ["/bin/a"] ignores`,
		"+/bin/a":                  `/bin/a ["/bin/a"] full`,
		"!/bin/a":                  `/bin/a ["/bin/a"] keeps`,
		"!!/bin/a":                 `/bin/a ["/bin/a"] legacy`,
		"-+@/bin/a b c":            `/bin/a ["b" "c"] full ignores`,
		":/bin/a $X":               `/bin/a ["/bin/a" "$X"]`,
		`/bin/a \; b`:              `/bin/a ["/bin/a" ";" "b"]`,
		`/bin/a ";" b`:             `/bin/a ["/bin/a" ";" "b"]`,
		`"/bin/a b" c`:             `/bin/a b ["/bin/a b" "c"]`,
		`/bin/a \q \x41`:           `/bin/a ["/bin/a" "\\q" "A"]`,
		"a":                        `a ["a"]`,
	} {
		f, err := collectText(t, "[Service]\nExecStart="+value+"\n")
		if len(f.Exec) != 1 || err != nil {
			t.Errorf("%q: %v, %v", value, f.Exec, err)
			continue
		}
		c := f.Exec[0]
		got := fmt.Sprintf("%s %q", c.Path, c.Argv)
		for _, mark := range []struct {
			on   bool
			name string
		}{{c.FullPrivileges, " full"}, {c.KeepsRoot, " keeps"}, {c.KeepsRootLegacy, " legacy"}, {c.IgnoresFailure, " ignores"}} {
			if mark.on {
				got += mark.name
			}
		}
		if got != want {
			t.Errorf("%q: %s, want %s", value, got, want)
		}
	}
}

func TestRefused(t *testing.T) {
	for text, want := range map[string]string{
		"[Service]\nExecStart=/bin/a\nUser\n":                         `app.service:3: the line has no "=", so systemd ignores it`,
		"User=a\n[Service]\nExecStart=/bin/a\n":                       "app.service:1: the assignment stands before any section",
		"[Service\nExecStart=/bin/a\n":                                `app.service:1: the section "[Service" is not closed`,
		"[Service]\nExecStart=/bin/a\nEnvironment=\"A=b\n":            "app.service:3: Environment=: the quotes are not balanced",
		"[Service]\nExecStart=./a\n":                                  `app.service:2:1: ExecStart=: "./a" is neither`,
		"[Service]\nExecStart=/bin/a \"b\n":                           "app.service:2:1: ExecStart=: the quotes are not balanced",
		"[Service]\nUser=a\n":                                         "app.service:1:1: ExecStart=: the service has no command",
		"[Service]\nExecStart=/bin/a\nExecStart=/bin/b\n":             "app.service:3:1: ExecStart=: only a service of Type=oneshot",
		"[Service]\nExecStart=/bin/a\nType=oneshot\nRestart=always\n": "app.service:4:1: Restart=",
		"[Service]\nExecStart=/bin/a\nDynamicUser=perhaps\n":          "app.service:3:1: DynamicUser=",
		"[Service]\nExecStart=/bin/a\nRootDirectory=x\n":              "app.service:3:1: RootDirectory=",
		"[Service]\nExecStart=/bin/a\nUser=a b:\n":                    "app.service:3:1: User=",
	} {
		f, err := collectText(t, text)
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
		if f.Name != "app.service" {
			t.Errorf("%q: no facts beside the error", text)
		}
	}
}

func TestMatch(t *testing.T) {
	for _, test := range []struct {
		file, head string
		want       bool
	}{
		{"app.service", "[Unit]\n", true},
		{"app.service", "# c\n\n[Service]\n", true},
		{"app.service", "[service]\n", true},
		{"app.service", "[Service\n", true},
		{"app.service", "User=x\n", true},
		{"app.service", "", false},
		{"org.x.service", "[D-BUS Service]\nName=org.x\n", false},
		{"ssh.service", "<?xml version=\"1.0\"?>\n", false},
		{"a.timer", "[Timer]\n", true},
		{"a.target", "[Unit]\n", true},
		{"a.target", "x=y\n", false},
		{"a.path", "some text", false},
		{"a.service.d/x.conf", "", true},
		{"service.d/x.conf", "", true},
		{"conf.d/x.conf", "", false},
		{"a.service", "\xef\xbb\xbf[Unit]\n", true},
	} {
		if got := match(test.file, []byte(test.head)); got != test.want {
			t.Errorf("%s %q: %v", test.file, test.head, got)
		}
	}
}

func TestSecretsStayOut(t *testing.T) {
	tree := os.DirFS("testdata/laptop")
	docs, err := collect(context.Background(), tree, "ledger.service")
	if err != nil {
		t.Fatal(err)
	}
	text, err := facttest.Golden(New(Options{}), tree, "ledger.service")
	if err != nil {
		t.Fatal(err)
	}
	for _, raw := range []string{"hunter2", "tok-2f9c81aa", "letmein", "swordfish"} {
		if strings.Contains(string(text), raw) {
			t.Errorf("the facts show %q", raw)
		}
		if !strings.Contains(strings.Join(docs[0].Secrets, "\n"), raw) {
			t.Errorf("%q is not among the secrets to redact", raw)
		}
	}
}

func FuzzCollect(f *testing.F) {
	for _, g := range goldens {
		if data, err := os.ReadFile("testdata/" + g[0] + "/" + g[1]); err == nil {
			f.Add(string(data), "[Service]\nUser=\n")
		}
	}
	for _, seed := range []string{"\x00", "[Service]\r\nUser=a\r\n", "[Service]\nExecStart=\\", "[[[[", "=\n=", "[Service]\nEnvironment=\"", "[Service]\nA=\\\n#\n\\\n"} {
		f.Add(seed, seed)
	}
	f.Fuzz(func(t *testing.T, text, dropin string) {
		tree := fstest.MapFS{"app.service": {Data: []byte(text)}, "app.service.d/a.conf": {Data: []byte(dropin)}}
		docs, err := collect(context.Background(), tree, "app.service")
		if len(docs) == 0 && err == nil {
			t.Fatal("neither a document nor an error")
		}
		for _, d := range docs {
			if err := facttest.Whole(d.Facts); err != nil {
				t.Fatal(err)
			}
			d.Locate(fact.Path{"identity", "user"})
		}
	})
}
