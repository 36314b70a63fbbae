package iptables

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"sallyport/internal/firewall"
)

// rulesOf lists what a loader holds, in one spelling.
func rulesOf(l *Loader) []string {
	var list []string
	for _, family := range []int{4, 6} {
		for _, name := range []string{"raw", "mangle", "nat", "filter", "security"} {
			t := l.table(family, name)
			if t == nil {
				continue
			}
			for _, c := range t.chains {
				where := fmt.Sprintf("%d %s %s", family, name, c.name)
				if c.hook != firewall.NoHook && c.policy != firewall.Accept {
					list = append(list, where+" policy")
				}
				for _, r := range c.rules {
					list = append(list, where+" "+r.key()+strings.Join(r.doubts, ";"))
				}
			}
		}
	}
	return list
}

// TestScripts compares what scripts leave behind with what iptables-save printed after they ran.
func TestScripts(t *testing.T) {
	files, _ := filepath.Glob("testdata/scripts/*.sh")
	if len(files) == 0 {
		t.Fatal("no scripts")
	}
	for _, file := range files {
		l := traceFile(t, file)
		saved := NewLoader("saved")
		if strings.Contains(file, "sets") {
			saved.sets = l.sets
		}
		for family, ext := range map[int]string{4: ".v4", 6: ".v6"} {
			text, err := os.ReadFile(strings.TrimSuffix(file, ".sh") + ext)
			if err != nil {
				t.Fatal(err)
			}
			if len(text) > 0 && !saved.Restore(family, "saved", string(text), true) {
				t.Fatal(file, saved.refused)
			}
		}
		if d := cmp.Diff(rulesOf(saved), rulesOf(l)); d != "" {
			t.Errorf("%s (- what iptables-save printed, + what the script means): %s\n%v", file, d, l.refused)
		}
	}
}

func traceFile(t *testing.T, file string) *Loader {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return traceText(t, string(text))
}

func traceText(t *testing.T, text string) *Loader {
	t.Helper()
	s, err := trace(fstest.MapFS{"fw.sh": {Data: []byte(text)}}, "fw.sh")
	if err != nil {
		t.Fatal(err)
	}
	return s.l
}
