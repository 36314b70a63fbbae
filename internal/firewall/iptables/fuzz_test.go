package iptables

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"sallyport/internal/firewall/reach"
)

// seeds are lines of the verdicts, in tables of their own.
func seeds(f *testing.F) {
	text, err := os.ReadFile("testdata/verdicts.txt")
	if err != nil {
		f.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if w := strings.SplitN(strings.TrimSpace(line), " ", 4); len(w) == 4 {
			f.Add("*" + w[2] + "\n:U - [0:0]\n:V - [0:0]\n" + w[3] + "\nCOMMIT\n")
		}
	}
	for _, s := range []string{
		"", "\xef\xbb\xbf*filter\nCOMMIT\n", "*filter\r\nCOMMIT\r\n", "*filter\n\x00COMMIT\n", "*filter\n:A - [0:0]\n:B - [0:0]\n-A A -j B\n-A B -g A\n-A INPUT -j A\nCOMMIT\n",
		"*filter\n-A INPUT -s " + strings.Repeat("10.0.0.1,", 50) + "10.0.0.2 -d " + strings.Repeat("10.0.0.1,", 50) + "10.0.0.2\nCOMMIT\n",
		"create a hash:net\nadd a 10.0.0.0/8\nadd a 10.1.0.0/16 nomatch\ncreate l list:set\nadd l a\n", "create a hash:ip,port,net\nadd a 10.0.0.1,udp:53,10.0.0.0/8 nomatch\n",
	} {
		f.Add(s)
	}
}

// FuzzRead: an error or a ruleset that can be asked, whatever the text is.
func FuzzRead(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, text string) {
		fsys := fstest.MapFS{"rules": {Data: []byte(text)}, "sets": {Data: []byte(text)}}
		sets, _, err := ReadSets(fsys, "sets")
		if err != nil {
			return
		}
		for _, family := range []int{4, 6} {
			set, err := Read(fsys, "rules", family, sets)
			if err != nil {
				continue
			}
			for _, m := range set.Mistakes {
				if m.Line < 1 || m.Column < 1 || m.Msg == "" {
					t.Fatalf("%+v", m)
				}
			}
			if _, err := reach.New(set); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// FuzzReadScript: an error or a ruleset, in bounded time.
func FuzzReadScript(f *testing.F) {
	files, _ := filepath.Glob("testdata/scripts/*.sh")
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	for _, s := range []string{
		"f() { f; f; }\nf\n", "for ((;;)); do iptables -A INPUT -j DROP; done", "while :; do x=$x$x; done", "x={1..1000000000}; for i in {1..1000000000}; do iptables -A INPUT -s $i; done",
		"iptables -A INPUT -j $(iptables -j $(x))", "iptables-restore <<< '*filter'", "ipset restore <<E\ncreate a hash:ip\nE\niptables -A INPUT -m set --match-set a src", "a=(1 2); for i in \"${a[@]}\"; do echo; done",
		"set -- 1 2; shift; iptables -A INPUT -p $1", ". fw.sh", "case $1 in start) . fw.sh;; esac", "iptables -A INPUT ~root", "x=$((1/0)); iptables -A INPUT -p ${x:1:2}",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		set, err := ReadScript(fstest.MapFS{"fw.sh": {Data: []byte(text)}}, "fw.sh")
		if err != nil {
			return
		}
		if _, err := reach.New(set); err != nil {
			t.Fatal(err)
		}
	})
}
