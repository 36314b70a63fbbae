package dockerfile

import (
	"fmt"
	"strings"
	"testing"

	"sallyport/internal/fact"
)

func TestExpose(t *testing.T) {
	for text, want := range map[string]string{
		"8080":                 "8080-8080/tcp",
		"8080 53/UDP":          "8080-8080/tcp 53-53/udp",
		"9000-9010/udp":        "9000-9010/udp",
		"127.0.0.1:80:8080":    "8080-8080/tcp",
		"$PORT ${NONE:-81}":    "80-80/tcp 81-81/tcp",
		"$PORTS":               "1-1/tcp 2-2/udp",
		"$NONE":                "? $NONE",
		"70000 9-3 x 1/icmp":   "? 70000 ? 9-3 ? x ? 1/icmp",
		"0 65535":              "0-0/tcp 65535-65535/tcp",
		"8080\\\n  # web\n 81": "8080-8080/tcp 81-81/tcp",
	} {
		f, _, err := collect("FROM debian\nENV PORT=80 PORTS='1 2/udp'\nEXPOSE "+text+"\n", nil)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		var got []string
		for _, p := range f.Stages[0].Expose {
			if p.Known {
				got = append(got, fmt.Sprintf("%d-%d/%s", p.First, p.Last, p.Protocol))
			} else {
				got = append(got, "? "+p.Name)
			}
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%s: got %s, want %s", text, s, want)
		}
	}
}

func TestCommands(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"ENTRYPOINT [\"a\", \"b\"]\nCMD [\"c\"]", `exec ["a" "b"] exec ["c"]`},
		{"ENTRYPOINT a b", `shell ["/bin/sh" "-c" "a b"]  []`},
		{"SHELL [\"/bin/bash\", \"-ec\"]\nCMD a", ` [] shell ["/bin/bash" "-ec" "a"]`},
		{"CMD [a]", ` [] shell ["/bin/sh" "-c" "[a]"]`},
		{"CMD a\nCMD []", ` [] exec []`},
		{"CMD [\"c\"]\nFROM b\nENTRYPOINT [\"e\"]", `exec ["e"]  []`},
		{"CMD [\"c\"]\nFROM b", ` [] exec ["c"]`},
	} {
		f, _, err := collect("FROM debian AS b\n"+tt.text+"\n", nil)
		if err != nil {
			t.Errorf("%s: %v", tt.text, err)
			continue
		}
		s := f.Stages[f.Final]
		got := fmt.Sprintf("%s %q %s %q", s.Entrypoint.Form, s.Entrypoint.Argv, s.Cmd.Form, s.Cmd.Argv)
		if got != tt.want {
			t.Errorf("%q:\n got %s\nwant %s", tt.text, got, tt.want)
		}
	}
}

// TestSpans marks in the source what each path must cover: «...» around the text.
func TestSpans(t *testing.T) {
	env := fact.Path{"stages", 0, "env", 1}
	for _, tt := range []struct {
		path   fact.Path
		source string
	}{
		{env, "FROM a\nENV A=1 «B=2»\n"},
		{env, "FROM a\nENV A=\"x y\" «B='p q'» C=3\n"},
		{env, "FROM a\nENV A=x\\ y \\\n  «B=2» \\\n  C=3\n"},
		{env, "FROM a\nENV A=1 \\\n  # a comment\n\n  «B=2»\n"},
		{env, "FROM a\r\nENV A=1 \\\r\n  «B=2»\r\n"},
		{env, "FROM a\n  ENV é=ü «B=2»\n"},
		{env, "# escape=`\nFROM a\nENV A=C:\\ `\n «B=2»\n"},
		{env, "FROM a\nENV A 1\nENV «B two words»\n"},
		{fact.Path{"stages", 0, "base"}, "FROM --platform=linux/amd64 «a:1» AS x\n"},
		{fact.Path{"stages", 0, "platform"}, "FROM «--platform=linux/amd64» a:1 AS x\n"},
		{fact.Path{"stages", 0, "user"}, "«FROM a:1 AS x»\n"},
		{fact.Path{"stages", 0, "user", "root"}, "FROM a\nUSER «root:x»  \n"},
		{fact.Path{"stages", 0, "user"}, "FROM a\nUSER \\\n«root»\n"},
		{fact.Path{"stages", 0, "expose", 1}, "FROM a\nEXPOSE 90 «80»\n"},
		{fact.Path{"stages", 0, "runs", 0, "mounts", 1}, "FROM a\nRUN --mount=type=ssh \\\n «--mount=type=cache,target=/x» b\n"},
		{fact.Path{"stages", 0, "cargo", 0}, "FROM a\nRUN x && \\\n   «cargo build» ; y\n"},
		{fact.Path{"stages", 0, "cargo", 0}, "FROM a\nRUN --mount=type=ssh <<E\nx\n  «cargo build»\nE\n"},
		{fact.Path{"stages", 0, "cargo", 0}, "FROM a\nRUN «[\"cargo\", \"build\"]»\n"},
		{fact.Path{"stages", 0, "args", 1}, "FROM a\nARG A=1 «B»\n"},
		{fact.Path{"args", 0}, "ARG «A=b»\nFROM a\n"},
		{fact.Path{"stages", 0, "nonsense"}, "«FROM a»\n"},
		{fact.Path{"syntax"}, "«# syntax=x»\nFROM a\n"},
	} {
		from, to := strings.Index(tt.source, "«"), strings.Index(tt.source, "»")
		want := tt.source[from+len("«") : to]
		source := strings.NewReplacer("«", "", "»", "").Replace(tt.source)
		_, d, err := collect(source, nil)
		if err != nil {
			t.Errorf("%q: %v", source, err)
			continue
		}
		span := d.Locate(tt.path)
		if got := text(source, span); got != want || span.Line != 1+strings.Count(tt.source[:from], "\n") {
			t.Errorf("%q: %v is %q at %+v, want %q", source, tt.path, got, span, want)
		}
	}
}
