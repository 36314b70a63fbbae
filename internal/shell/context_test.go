package shell

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// shape writes what surrounds each command: pipeline, joint, name, and what is special.
func shape(s Script) string {
	var all []string
	for _, c := range s.Commands {
		line := fmt.Sprintf("%d%s %s", c.Pipeline, c.Joined, strings.Join(append([]string{c.Name}, c.Args...), " "))
		for _, f := range []struct {
			on   bool
			text string
		}{{c.Via != "", "via " + c.Via}, {c.Piped, "piped"}, {c.Nested, "nested"}, {c.Function, "function"}} {
			if f.on {
				line += ", " + f.text
			}
		}
		for _, d := range c.Redirects {
			line += fmt.Sprintf(", %d%s%s", d.FD, d.Op, d.Target)
		}
		all = append(all, line)
	}
	return strings.Join(all, "\n")
}

func TestContext(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"chain", "a && b || c; d & e\nf", "1 a\n2&& b\n3|| c\n4; d\n5& e\n6; f"},
		{"pipe", "a | b && c | d |& e", "1 a, piped\n1| b\n2&& c, piped\n2| d, piped\n2| e"},
		{"pipefail", "set -euo pipefail; a | b; set +o pipefail; a | b", "1 set -euo pipefail\n2; a\n2| b\n3; set +o pipefail\n4; a, piped\n4| b"},
		{"pipefail ends with a subshell", "(set -o pipefail); a | b", "1 set -o pipefail, nested\n2; a, piped\n2| b"},
		{"wrapped", "a && sudo -E nice -n 5 b -x | sudo bash", "1 a\n2&& sudo -E nice -n 5 b -x, piped\n2&& nice -n 5 b -x, via sudo, piped\n2&& b -x, via nice, piped\n2| sudo bash\n2| bash, via sudo"},
		{"script", "a && sh -c 'b && c' | d", "1 a\n2&& sh -c b && c, piped\n2&& b, via sh, piped\n2&& c, via sh, piped\n2| d"},
		{"script has its own pipefail", "bash -o pipefail -c 'a | b'; bash -euo pipefail -c 'c | d'; bash -c 'e | f'", "1 bash -o pipefail -c a | b\n2 a, via bash\n2| b, via bash\n3; bash -euo pipefail -c c | d\n4; c, via bash\n4| d, via bash\n5; bash -c e | f\n6; e, via bash, piped\n6| f, via bash"},
		{"su", "su - app -c 'a b' && runuser -u app -- c", "1 su - app -c a b\n2 a b, via su\n3&& runuser -u app -- c\n3&& c, via runuser"},
		{"find", `find / -perm +6000 -exec chmod a-s {} \; -o -exec rm {} +`, "1 find / -perm +6000 -exec chmod a-s {} ; -o -exec rm {} +\n1 chmod a-s {}, via find\n1 rm {}, via find"},
		{"conditions", "if a; then b; else c; fi; while d; do e; done; f", "1 a, nested\n2; b, nested\n3; c, nested\n4; d, nested\n5; e, nested\n6; f"},
		{"function", "f() { a; }; f", "1 a, nested, function\n2; f"},
		{"substitution", "a && b $(c | d)", "1 a\n2 c, piped, nested\n2| d, nested\n3&& b $(c | d)"},
		{"block", "a | { b; c; } > f 2>&1", "1 a, piped\n1| b, 1>f, 2>&1\n1; c, 1>f, 2>&1"},
		{"redirections", "a >b 2>>c <d &>e <<<f 2>&1 >&g <<-'X'\n\tbody\n\tX\n", "1 a, 1>b, 2>>c, 0<d, -1&>e, 0<<<f, 2>&1, -1&>g, 0<<-X"},
		{"braces", "rm -rf /var/{lib/apt,cache}/* 'a{b,c}'", "1 rm -rf /var/lib/apt/* /var/cache/* a{b,c}"},
		{"xargs and env", "cat l | xargs -n 1 env A=1 b", "1 cat l, piped\n1| xargs -n 1 env A=1 b\n1| env A=1 b, via xargs\n1| b, via env"},
		{"conda", "conda run -n x pip install y", "1 conda run -n x pip install y\n1 pip install y, via conda"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s, err := Parse(tt.text, nil)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, shape(s)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestCalled wants the options of the shell itself in force.
func TestCalled(t *testing.T) {
	for _, tt := range []struct {
		shell []string
		want  string
	}{
		{nil, "1 a x1 x2, piped\n1| b"},
		{[]string{"/bin/sh", "-c"}, "1 a x{1,2}, piped\n1| b"},
		{[]string{"/bin/bash", "-eo", "pipefail", "-c"}, "1 a x1 x2\n1| b"},
	} {
		s, err := Parse("a x{1,2} | b", nil, tt.shell...)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(tt.want, shape(s)); diff != "" {
			t.Errorf("%q: %s", tt.shell, diff)
		}
	}
}

// TestNestedOffsets wants commands of nested scripts where their text stands.
func TestNestedOffsets(t *testing.T) {
	for _, text := range []string{
		"a && sh -c 'x; inner 1' && b",
		"bash <<EOF\nx\ninner 1\nEOF\n",
		`sh -c "sh -c 'inner 1'"`,
		"sudo sh -c 'inner 1'",
	} {
		s, err := Parse(text, nil)
		if err != nil {
			t.Fatal(err)
		}
		found := ""
		for _, c := range s.Commands {
			if c.Name == "inner" {
				found = text[c.Offset:c.End]
			}
		}
		if found != "inner 1" {
			t.Errorf("%q: inner is at %q", text, found)
		}
	}
}
