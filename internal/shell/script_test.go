package shell

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// lines writes commands one a line: assignments, name and arguments, then what is special in braces.
func lines(s Script) string {
	var b strings.Builder
	for _, c := range s.Commands {
		for _, v := range c.Env {
			mark := ""
			if !v.Known {
				mark = "?"
			}
			fmt.Fprintf(&b, "%s=%q%s ", v.Name, v.Value, mark)
		}
		fmt.Fprintf(&b, "%s %q", c.Name, c.Args)
		if c.MayFail {
			b.WriteString(" {may fail}")
		}
		if c.Piped {
			b.WriteString(" {piped}")
		}
		if c.Input != "" {
			fmt.Fprintf(&b, " {< %q}", c.Input)
		}
		if c.Output != "" {
			fmt.Fprintf(&b, " {> %q}", c.Output)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func TestParse(t *testing.T) {
	env := map[string]string{"FLAGS": "--locked --release", "V": "1.2"}
	for _, tt := range []struct{ name, text, want string }{
		{"list", "a b; c 'd e' && f\ng", "a [\"b\"]\nc [\"d e\"]\nf []\ng []\n"},
		{"known variable splits", `cargo build $FLAGS "$FLAGS" x$V`, `cargo ["build" "--locked" "--release" "--locked --release" "x1.2"]` + "\n"},
		{"unknown stays", `cargo build $NO "${NO}x" $(date) ` + "`id`", "date []\nid []\n" + `cargo ["build" "$NO" "${NO}x" "$(date)" "` + "`id`" + `"]` + "\n"},
		{"default", `a ${V:-2} ${NO:-2} ${NO-x y}`, `a ["1.2" "2" "x" "y"]` + "\n"},
		{"assignments", "X=1 Y=$NO a; Z=$V; export T=a$Z; b $T", "X=\"1\" Y=\"$NO\"? a []\nZ=\"1.2\"  []\nT=\"a1.2\" export [\"T=a1.2\"]\nb [\"a1.2\"]\n"},
		{"assignment in a subshell ends there", "(V=9; a $V); b $V", "V=\"9\"  []\na [\"9\"]\nb [\"1.2\"]\n"},
		{"loop", "for i in x y; do a $i; done", `a ["$i"]` + "\n"},
		{"may fail", "a || true; b || exit 1; ! c; if d; then e; fi; f &", "a [] {may fail}\ntrue []\nb []\nexit [\"1\"]\nc [] {may fail}\nd [] {may fail}\ne []\nf [] {may fail}\n"},
		{"set +e", "set +e\na\nset -e\nb", "set [\"+e\"]\na [] {may fail}\nset [\"-e\"] {may fail}\nb []\n"},
		{"pipe", "a | b", "a [] {piped}\nb [] {< \"a\"}\n"},
		{"pipefail", "set -o pipefail; a | b", "set [\"-o\" \"pipefail\"]\na []\nb [] {< \"a\"}\n"},
		{"sudo and env", "sudo -u x env A=1 B=$NO cargo build", "sudo [\"-u\" \"x\" \"env\" \"A=1\" \"B=$NO\" \"cargo\" \"build\"]\nenv [\"A=1\" \"B=$NO\" \"cargo\" \"build\"]\nA=\"1\" B=\"$NO\"? cargo [\"build\"]\n"},
		{"sh -c", `bash -euxc "cd x && cargo test"`, "bash [\"-euxc\" \"cd x && cargo test\"]\ncd [\"x\"]\ncargo [\"test\"]\n"},
		{"here-document", "bash <<EOF\ncargo build\nEOF\n", "bash [] {< \"cargo build\\n\"}\ncargo [\"build\"]\n"},
		{"piped into a shell", "echo a | sh", "echo [\"a\"] {piped}\nsh [] {< \"echo a\"}\n"},
		{"timeout", "timeout -k 5 60 cargo test", "timeout [\"-k\" \"5\" \"60\" \"cargo\" \"test\"]\ncargo [\"test\"]\n"},
		{"output", "echo a >> f", "echo [\"a\"] {> \"f\"}\n"},
		{"function", "f() { cargo build; }; f", "cargo [\"build\"]\nf []\n"},
		{"case", "case $V in 1*) a;; *) b;; esac", "a []\nb []\n"},
		{"continuation", "a \\\n  b", "a [\"b\"]\n"},
		{"expression", `cargo build --target ${{ matrix.target }} '${{ x }}'`, `cargo ["build" "--target" "${{ matrix.target }}" "${{ x }}"]` + "\n"},
		{"doubling", "X=aaaaaaaaaaaaaaaa" + strings.Repeat("; X=$X$X$X$X", 40) + "; a", ""},
		{"crlf", "a b\r\nc d\r\n", "a [\"b\"]\nc [\"d\"]\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s, err := Parse(tt.text, env)
			if err != nil {
				t.Fatal(err)
			}
			if tt.want == "" {
				return
			}
			if diff := cmp.Diff(tt.want, lines(s)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestParseOtherLanguages(t *testing.T) {
	s, err := Parse("if ($x) { cargo build --release }\n$env:A = 'b'; cargo test --locked", nil)
	if err == nil {
		t.Error("want an error for PowerShell")
	}
	if diff := cmp.Diff([]bool{false, true}, locked(s)); diff != "" {
		t.Errorf("%s\n%s", diff, lines(s))
	}
}

func locked(s Script) []bool {
	var all []bool
	for _, c := range Cargo(s.Commands) {
		all = append(all, c.Locked)
	}
	return all
}

func TestParseBounds(t *testing.T) {
	for _, open := range []string{"$(", "(", "{ ", "if ", "! ", "`", "while ", "a=(", "case x in y) ", "f() ", "${a:-", "\"$("} {
		text := strings.Repeat(open, 300_000)
		if _, err := Parse(text, nil); err == nil {
			t.Errorf("%q repeated: no error", open)
		}
		if _, err := Parse(text[:64<<10], nil); err == nil {
			t.Errorf("%q repeated: no error", open)
		}
	}
}

func TestOffsets(t *testing.T) {
	text := "é a; \n  cargo build"
	s, err := Parse(text, nil)
	if err != nil || len(s.Commands) != 2 {
		t.Fatal(err, s)
	}
	c := s.Commands[1]
	if got := text[c.Offset:c.End]; got != "cargo build" {
		t.Errorf("got %q", got)
	}
	if line, column := Position(text, c.Offset); line != 2 || column != 3 {
		t.Errorf("got %d:%d", line, column)
	}
	if line, column := Position(text, strings.Index(text, "a;")); line != 1 || column != 3 {
		t.Errorf("got %d:%d", line, column)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"a b", "cargo +nightly build", "sh -c 'a; b'", "curl x | sh -s -- -y", "${{ a }}", "\"", "a\x00b",
		"export A=1; eval $A", "rustup toolchain install nightly", "bash <<EOF\na\nEOF", "(((", "$((1+$(a)))",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, _ := Parse(text, map[string]string{"A": "b c"})
		for _, c := range s.Commands {
			if c.Offset > c.End || c.End > len(text) || c.Args == nil {
				t.Errorf("%q: bad command %+v", text, c)
			}
		}
		Cargo(s.Commands)
		Rustup(s.Commands)
	})
}
