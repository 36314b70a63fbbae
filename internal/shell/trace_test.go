package shell

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// called lists what a script runs: the words, ? for unknown ones, and "if" before what may not be run.
func called(t *testing.T, text string, fails ...string) []string {
	t.Helper()
	var list []string
	tr := Tracer{
		Run: func(c Call) Status {
			var words []string
			if c.Doubt != "" {
				words = append(words, "if")
			}
			for _, a := range c.Args {
				if a.Unknown != "" {
					words = append(words, "?")
				} else {
					words = append(words, a.Text)
				}
			}
			if c.Input.Text != "" {
				words = append(words, "<"+strings.TrimSpace(c.Input.Text))
			}
			if c.InputFile != "" {
				words = append(words, "<"+c.InputFile)
			}
			line := strings.Join(words, " ")
			list = append(list, line)
			for _, f := range fails {
				if line == f {
					return Failed
				}
			}
			if strings.HasPrefix(line, "maybe") {
				return Maybe
			}
			return Done
		},
		Open: func(name string) (string, bool) { return "run sourced $X\n", name == "/etc/lib.sh" },
	}
	if err := tr.Trace(text); err != nil {
		t.Fatal(err)
	}
	return list
}

// TestTrace: commands come in the order of a shell, with their words.
func TestTrace(t *testing.T) {
	for name, c := range map[string]struct {
		script string
		fails  []string
		want   []string
	}{
		"variables":         {"A=1\nB=\"$A 2\"\nrun $B \"$B\" ${A}x ${C:-d} $C '$A'\n", nil, []string{"run 1 2 1 2 1x d ? $A"}},
		"lists":             {"L=(a b)\nL+=(c)\nfor x in \"${L[@]}\"; do run $x ${#L[@]}; done\n", nil, []string{"run a 3", "run b 3", "run c 3"}},
		"numbers":           {"for i in 1 {5..6} $(seq 8 9); do run $((i*2)); done\nfor ((i=0;i<2;i++)); do run $i; done\n", nil, []string{"run 2", "run 10", "run 12", "run 16", "run 18", "run 0", "run 1"}},
		"both ends":         {"run a && run b || run c\nrun d || run e\n! run f || run g\n", []string{"run d"}, []string{"run a", "run b", "run d", "run e", "run f", "run g"}},
		"an unknown end":    {"maybe a && run b\nmaybe c || exit 1\nrun d\n", nil, []string{"maybe a", "if run b", "maybe c", "run d"}},
		"conditions":        {"X=y\nif [ $X = y ]; then run a; else run b; fi\nif [ -f /x ]; then run c; else run d; fi\n[[ $X == y* && -n $X ]] && run e\n[ 2 -lt 10 ] && run f\n", nil, []string{"run a", "if run c", "if run d", "run e", "run f"}},
		"set in doubt":      {"X=1\nif [ -f /x ]; then X=2; fi\nrun $X\n", nil, []string{"run ?"}},
		"functions":         {"f() { local n=$1; shift; run $n \"$@\" $#; }\nf a b c\nf d\n", nil, []string{"run a b c 2", "run d 0"}},
		"returns":           {"f() { return 1; run x; }\nf || run a\ng() { [ -f /x ] && return; run b; }\ng\nrun c\n", nil, []string{"run a", "if run b", "run c"}},
		"an init script":    {"case \"$1\" in start|restart) run a ;; stop) run b ;; esac\n", nil, []string{"run a"}},
		"a known case":      {"X=abc\ncase $X in a*) run a ;; *) run b ;; esac\n", nil, []string{"run a"}},
		"an unknown case":   {"case $X in a) run a ;; b) run b ;; esac\n", nil, []string{"if run a", "if run b"}},
		"documents":         {"A=1\nrun <<E\nx $A\nE\nrun <<'E'\nx $A\nE\nrun < /etc/f\nrun <<< here\ncat <<E | run\npiped\nE\n", nil, []string{"run <x 1", "run <x $A", "run </etc/f", "run <here", "run <piped"}},
		"files it writes":   {"cat > /tmp/x <<E\nline\nE\necho more >> /tmp/x\nrun < /tmp/x\n", nil, []string{"cat <line", "run <line\nmore"}},
		"while":             {"i=0\nwhile [ $i -lt 2 ]; do run $i; i=$((i+1)); done\nuntil run x; do run y; done\n", nil, []string{"run 0", "run 1", "run x"}},
		"while it succeeds": {"while run a; do run b; break; done\nwhile read x; do run $x; done < /etc/none\n", nil, []string{"run a", "run b", "if run ? </etc/none"}},
		"lines":             {"while IFS=: read -r a b; do run $a $b; done <<E\n1:2\n3:4:5\nE\n", nil, []string{"run 1 2 <1:2\n3:4:5", "run 3 4:5 <1:2\n3:4:5"}},
		"break, continue":   {"for i in 1 2 3; do [ $i = 2 ] && continue; run $i; done\nfor i in 1 2 3; do [ $i = 2 ] && break; run $i; done\n", nil, []string{"run 1", "run 3", "run 1"}},
		"errexit":           {"set -e\nrun a || true\nrun b\nrun c\n", []string{"run a", "run b"}, []string{"run a", "run b"}},
		"errexit, guarded":  {"#!/bin/sh -e\nif run a; then run b; fi\nrun c && run d\nrun e\n", []string{"run a", "run c"}, []string{"run a", "run c", "run e"}},
		"sourced":           {"X=1\n. /etc/lib.sh\n. /etc/other.sh\nrun b\n", nil, []string{"run sourced 1", "run b"}},
		"prefixes":          {"sudo -n run a\ncommand run b\nexec run c\n", nil, []string{"run a", "run b", "run c"}},
		"substitutions":     {"A=$(which run)\n$A a $(date)\nB=$(echo x y)\nrun $B\nrun $(curl x)\n", nil, []string{"run a ?", "run x y", "run ?"}},
		"subshells":         {"X=1\n( X=2; run $X; exit 1 )\nrun $X\n{ run b; }\n", nil, []string{"run 2", "run 1", "run b"}},
		"it never ends":     {"while true; do run a; sleep 5; done\nrun b\n", nil, []string{"run a", "run b"}},
	} {
		if d := cmp.Diff(c.want, called(t, c.script, c.fails...)); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

// TestTraceBounds: what does not end is an error, or is cut short.
func TestTraceBounds(t *testing.T) {
	for _, text := range []string{"f() { f; f; }\nf\n", "for ((;;)); do run a; done", strings.Repeat("(", 10_000), "x=a\nwhile [ -n $x ]; do x=$x$x; done", strings.Repeat("if a; then ", 6000)} {
		tr := Tracer{Run: func(Call) Status { return Done }}
		if err := tr.Trace(text); err == nil && !strings.HasPrefix(text, "f()") && !strings.HasPrefix(text, "x=") {
			t.Errorf("%.30q: no error", text)
		}
	}
}
