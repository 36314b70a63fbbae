package firewall

import (
	"context"
	"flag"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"sallyport/internal/fact"
	"sallyport/internal/fact/facttest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

var goldens = []string{"server.nft", "etc/iptables/rules.v4", "policy.yaml", "groups.json"}

func TestGolden(t *testing.T) {
	for _, file := range goldens {
		got, err := facttest.Golden(New(), os.DirFS("testdata"), file)
		if err != nil {
			t.Error(err)
			continue
		}
		golden := "testdata/" + path.Base(file) + ".golden.json"
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

func collected(t *testing.T, fsys fs.FS, file string) []fact.Document {
	t.Helper()
	docs, err := collect(context.Background(), fsys, file)
	if err != nil {
		t.Fatal(err)
	}
	return docs
}

// One file stands for those that are read with it.
func TestTogether(t *testing.T) {
	const save = "*filter\n:INPUT DROP [0:0]\nCOMMIT\n"
	const script = "table inet f {\n\tchain input {\n\t\ttype filter hook input priority 0; policy drop;\n\t}\n}\n"
	fsys := fstest.MapFS{
		"a/rules.v4": {Data: []byte(save)}, "a/rules.v6": {Data: []byte(save)},
		"b/host.iptables": {Data: []byte(save)}, "b/host.ip6tables": {Data: []byte(save)},
		"c/nftables.conf": {Data: []byte("flush ruleset\ninclude \"./nftables.d/*.nft\"\n")}, "c/nftables.d/web.nft": {Data: []byte(script)},
		"e/a.nft": {Data: []byte("include \"./b.nft\"\n")}, "e/b.nft": {Data: []byte("include \"./a.nft\"\n")}, // in a circle
		"d/only.nft": {Data: []byte(script)}, "d/sets.nft": {Data: []byte("table inet f {\n\tset s { type ipv4_addr; }\n}\n")},
	}
	for file, want := range map[string]int{
		"a/rules.v4": 1, "a/rules.v6": 0, "b/host.iptables": 1, "b/host.ip6tables": 0,
		"c/nftables.conf": 1, "c/nftables.d/web.nft": 0, "d/only.nft": 1, "d/sets.nft": 1,
	} {
		if docs := collected(t, fsys, file); len(docs) != want {
			t.Errorf("%s: %d documents, want %d", file, len(docs), want)
		}
	}
	for _, file := range []string{"e/a.nft", "e/b.nft"} {
		if _, err := collect(context.Background(), fsys, file); err == nil || !strings.Contains(err.Error(), "include each other") {
			t.Errorf("%s: %v", file, err)
		}
	}
	if f := collected(t, fsys, "a/rules.v4")[0].Facts.(Facts); len(f.Files) != 2 || f.Files[1] != "a/rules.v6" {
		t.Errorf("files: %v", f.Files)
	}
	if f := collected(t, fsys, "d/sets.nft")[0].Facts.(Facts); f.Scope != "part" {
		t.Errorf("a file of sets is %s", f.Scope)
	}
}

func TestSets(t *testing.T) {
	docs := collected(t, os.DirFS("testdata"), "etc/iptables/rules.v4")
	var got []string
	for _, o := range docs[0].Facts.(Facts).Openings {
		if o.Hook == "input" && o.Family == "ipv4" {
			got = append(got, o.Name+" from "+strings.Join(o.Sources, " "))
		}
	}
	want := []string{"tcp/22,443 from 0.0.0.0/0", "udp/51820 from 198.51.100.0/25 203.0.113.9/32"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func FuzzCollect(f *testing.F) {
	for _, file := range goldens {
		if data, err := os.ReadFile("testdata/" + file); err == nil {
			f.Add(path.Base(file), string(data))
		}
	}
	f.Add("x.nft", "table inet f {\r\n\tchain c {\r\n")
	f.Add("rules.v6", "*filter\n:INPUT DROP\n-A INPUT -j X\nCOMMIT\n")
	f.Add("fw.sh", "#!/bin/sh\niptables -A INPUT -j ACCEPT\n")
	f.Fuzz(func(t *testing.T, name, text string) {
		if !fs.ValidPath(name) || strings.Contains(name, "/") {
			return
		}
		docs, _ := collect(context.Background(), fstest.MapFS{name: {Data: []byte(text)}}, name)
		for _, d := range docs {
			if err := facttest.Whole(d.Facts); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// A table that iptables-restore refuses is an error at its line, and leaves the tables before it.
func TestMistakes(t *testing.T) {
	fsys := fstest.MapFS{"rules.v4": {Data: []byte("*filter\n:INPUT DROP [0:0]\nCOMMIT\n*nat\n-A PREROUTING -j NOSUCH\nCOMMIT\n")}}
	docs, err := collect(context.Background(), fsys, "rules.v4")
	if err == nil || !strings.Contains(err.Error(), "rules.v4:5:") {
		t.Errorf("got %v", err)
	}
	if len(docs) != 1 {
		t.Fatal(docs)
	}
	f := docs[0].Facts.(Facts)
	if len(f.Refused) != 1 || f.Defaults[0].Verdict != "dropped" {
		t.Errorf("got %+v, %+v", f.Refused, f.Defaults)
	}
}

// The files of ufw's folder are one filter, wherever the folder is.
func TestUFW(t *testing.T) {
	rules := func(six string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("*filter\n:ufw" + six + "-user-input - [0:0]\n-A ufw" + six + "-user-input -p tcp --dport 22 -j ACCEPT\nCOMMIT\n")}
	}
	for _, dir := range []string{"etc/ufw", "host"} {
		fsys := fstest.MapFS{dir + "/ufw.conf": {Data: []byte("ENABLED=yes\n")}, dir + "/user.rules": rules(""), dir + "/user6.rules": rules("6")}
		read := 0
		for file := range fsys {
			head, err := fs.ReadFile(fsys, file)
			if err != nil {
				t.Fatal(err)
			}
			if !New().Match(file, head) {
				continue
			}
			for _, d := range collected(t, fsys, file) {
				read++
				if f := d.Facts.(Facts); f.Format != "ufw" || f.Defaults[0].Verdict != "dropped" {
					t.Errorf("%s: %s, %+v", file, f.Format, f.Defaults)
				}
			}
		}
		if read != 1 {
			t.Errorf("%s: read %d times", dir, read)
		}
	}
}

// What a filter does with its host's own addresses is told where they are declared, for the hosts that they are declared for.
func TestAddresses(t *testing.T) {
	const filter = `flush ruleset
table ip nat {
	chain pre { type nat hook prerouting priority dstnat; tcp dport 80 dnat to 10.0.0.5:8080; }
}
table inet f {
	chain in { type filter hook input priority 0; policy drop; tcp dport 8080 accept; }
	chain through { type filter hook forward priority 0; policy drop; }
}
`
	for declared, want := range map[string]string{
		"": "unknown unknown",
		"[[host]]\naddresses = ['10.0.0.5/24']\n":             "accepted accepted",
		"[[host]]\npath = 'a'\naddresses = ['10.0.0.5/24']\n": "accepted unknown",
		"[[host]]\naddresses = ['10.0.0.6/24']\n":             " ",
	} {
		fsys := fstest.MapFS{"a/x.nft": {Data: []byte(filter)}, "b/x.nft": {Data: []byte(filter)}}
		if declared != "" {
			fsys["sallyport.toml"] = &fstest.MapFile{Data: []byte(declared)}
		}
		got := verdictBy(collected(t, fsys, "a/x.nft")[0], "dnat") + " " + verdictBy(collected(t, fsys, "b/x.nft")[0], "dnat")
		if got != want {
			t.Errorf("%q: got %q, want %q", declared, got, want)
		}
	}
	_, err := collect(context.Background(), fstest.MapFS{"x.nft": {Data: []byte(filter)}, "sallyport.toml": {Data: []byte("[[host]]\naddresses = [\n  '10.0.0.5',\n]\n")}}, "x.nft")
	if err == nil || !strings.Contains(err.Error(), `sallyport.toml:3:3: host: "10.0.0.5"`) {
		t.Errorf("got %v", err)
	}
}

// verdictBy is that of the first opening of IPv4's input by a way.
func verdictBy(d fact.Document, via string) string {
	for _, o := range d.Facts.(Facts).Openings {
		if o.Hook == "input" && o.Family == "ipv4" && o.Via == via {
			return o.Verdict
		}
	}
	return ""
}

// What ufw shows is compared with what it loads.
func TestBeliefs(t *testing.T) {
	const head = "*filter\n:ufw-user-input - [0:0]\n### tuple ### allow tcp 22 0.0.0.0/0 any 10.0.0.0/8 in\n"
	for lines, want := range map[string]string{
		"-A ufw-user-input -p tcp --dport 22 -s 10.0.0.0/8 -j ACCEPT\n": "",
		"-A ufw-user-input -p tcp --dport 22 -j ACCEPT\n":               "tcp/22: accepted from 0.0.0.0/0, not accepted from 10.0.0.0/8; ",
		"-A ufw-user-input -p tcp --dport 23 -s 10.0.0.0/8 -j ACCEPT\n": "tcp/22: , not accepted from 10.0.0.0/8; tcp/23: accepted from 10.0.0.0/8, not ; ",
	} {
		fsys := fstest.MapFS{
			"ufw/ufw.conf": {Data: []byte("ENABLED=yes\n")}, "ufw/user.rules": {Data: []byte(head + lines + "COMMIT\n")},
			"ufw/user6.rules": {Data: []byte("*filter\n:ufw6-user-input - [0:0]\nCOMMIT\n")},
		}
		got := ""
		for _, x := range collected(t, fsys, "ufw/ufw.conf")[0].Facts.(Facts).Beliefs {
			got += x.Name + ": " + x.Loaded + ", not " + x.Shown + "; "
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", lines, got, want)
		}
	}
}

// What firewalld refuses leaves its stock rules, which filter.
func TestFirewalldRefused(t *testing.T) {
	fsys := fstest.MapFS{"etc/firewalld/zones/public.xml": {Data: []byte("<zone><service name=\"nosuch\"/></zone>\n")}}
	docs, err := collect(context.Background(), fsys, "etc/firewalld/zones/public.xml")
	if err == nil || len(docs) != 1 {
		t.Fatal(docs, err)
	}
	f := docs[0].Facts.(Facts)
	if len(f.Refused) != 1 || f.Defaults[0].Verdict != "rejected" {
		t.Errorf("got %+v, %+v", f.Refused, f.Defaults)
	}
}

// A script that leaves the filter to ufw says little of what the host lets in.
func TestManaged(t *testing.T) {
	fsys := fstest.MapFS{"fw.sh": {Data: []byte("#!/bin/sh\nufw default deny incoming\nufw allow 22/tcp\niptables -I INPUT 1 -s 10.42.0.0/16 -j ACCEPT\n")}}
	if f := collected(t, fsys, "fw.sh")[0].Facts.(Facts); f.Scope != "part" {
		t.Errorf("the scope is %s", f.Scope)
	}
}
