package dockerfile

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sallyport/internal/fact"
	"sallyport/internal/fact/facttest"
)

// FuzzCollect wants an error or a whole document whose places lie inside the file.
func FuzzCollect(f *testing.F) {
	files, err := filepath.Glob("testdata/*Dockerfile")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
	}
	for _, s := range []string{
		"", "\n", "FROM", "FROM a\r\nUSER b\r\n", "\xef\xbb\xbfFROM a", "FROM a\x00", "FROM a\nONBUILD ONBUILD x",
		"FROM a\nENV A=$A$A$A$A\nENV A=$A$A$A$A\n", "FROM $A", "FROM a\nRUN <<A <<B\nA\nB\n", "FROM a\nENV a b\\\n\n# c\nc", "# escape=`\nFROM a`\n",
		"# a\n# check=skip=all\nfrom a as B\nENV A $B\nENV A=1 B=$A C=${D/\nLABEL a=$A\nCOPY $X <<E /\n$Y\nE\nEXPOSE 1:2/X 70000 a\n", "FROM $A$B\nRUN a \\\n\n b",
		"FROM a\nRUN [\"a\"", "FROM a\nRUN --mount=type=$A b", "FROM a\nONBUILD RUN <<E\nx\nE\nFROM a", "FROM a AS b\nFROM b\nFROM 0\nCOPY --from=9 a b",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		_, d, err := collect(text, map[string]string{"A": "b"})
		if d == nil {
			if err == nil {
				t.Fatal("neither a document nor an error")
			}
			return
		}
		if err := facttest.Whole(d.Facts); err != nil {
			t.Fatal(err)
		}
		lines := strings.Count(text, "\n") + 1
		for i, s := range d.Facts.(Dockerfile).Stages {
			for _, p := range []fact.Path{{"stages", i}, {"stages", i, "user"}, {"stages", i, "base"}} {
				span := d.Locate(p)
				if span.Line < 1 || span.EndLine > lines || span.Column < 1 || span.EndColumn < 1 {
					t.Errorf("%v is at %+v of %d lines", p, span, lines)
				}
			}
			for j := range s.Runs {
				for k := range s.Runs[j].Commands {
					d.Locate(fact.Path{"stages", i, "runs", j, "commands", k})
				}
			}
			for j := range s.Env {
				d.Locate(fact.Path{"stages", i, "env", j})
			}
		}
	})
}

// TestHostile feeds what would make a careless program hang, crash or fill the memory.
func TestHostile(t *testing.T) {
	deep := strings.Repeat("ONBUILD \\\n", 20_000)
	double := "FROM debian\nENV A=aaaaaaaaaaaaaaaa\n" + strings.Repeat("ENV A=$A$A$A$A\n", 100) + "USER $A\n"
	chain := "FROM debian AS s\n" + strings.Repeat("ENV A=b\nFROM s AS s\n", 5000)
	var wide strings.Builder
	wide.WriteString("FROM debian AS s\n")
	for i := range 2000 {
		wide.WriteString("ENV V" + strings.Repeat("x", i%7) + string(rune('a'+i%26)) + "=1\nLABEL l" + strings.Repeat("y", i%50) + "=2\n")
	}
	wide.WriteString(strings.Repeat("FROM s AS s\nENV Z=1\n", 5000))
	var vars, runs, tokens strings.Builder
	vars.WriteString("FROM a\n")
	runs.WriteString("FROM a\n")
	tokens.WriteString("FROM a\n")
	for i := range 20_000 {
		fmt.Fprintf(&vars, "ENV a%d=$b\n", i)
		fmt.Fprintf(&runs, "ENV a%d=1\nRUN $x\n", i)
		if i < 10_000 {
			fmt.Fprintf(&tokens, "ENV T%d_TOKEN=hg7Gk%dZq\n", i, i)
		}
	}
	for name, text := range map[string]string{
		"onbuild":    "FROM a\n" + deep + "RUN x\n",
		"doubling":   double,
		"chain":      chain,
		"wide":       wide.String(),
		"expansion":  "FROM a\nUSER " + strings.Repeat("${a:-", 5000) + strings.Repeat("}", 5000) + "\n",
		"heredoc":    "FROM a\nRUN <<A " + strings.Repeat("${a:-", 10_000) + "\nA\n",
		"ports":      "FROM a\nEXPOSE " + strings.Repeat("1-65535 ", 5000) + "\n",
		"json":       "FROM a\nCMD " + strings.Repeat("[", 30_000) + "\n",
		"size":       "FROM a\n" + strings.Repeat("RUN x\n", 100_000),
		"shell":      "FROM a\nRUN " + strings.Repeat("$(", 30_000) + "\n",
		"candidates": "ARG X\n" + strings.Repeat("FROM $X AS a\n", 20_000),
		"vars":       vars.String(),
		"runs":       runs.String(),
		"tokens":     tokens.String(),
		"packages":   "FROM a\nRUN <<E\n" + strings.Repeat("pip install a\nrm b\n", 10_000) + "\nE\n",
		"cleaning":   "FROM a\nRUN <<E\n" + strings.Repeat("dnf in a\ndnf clean b\n", 10_000) + "\nE\n",
		"exports":    "FROM a\nRUN <<E\n" + strings.Repeat("export A=b\nA=c pip install d\n", 8_000) + "\nE\n",
		"pipeline":   "FROM a\nRUN <<E\n" + strings.Repeat("apk add a|\n", 20_000) + "b\nE\n",
		"scripts":    "FROM a\nRUN <<E\n" + strings.Repeat("sh -c \"a\\$b\"\n", 15_000) + "\nE\n",
		"exec":       "FROM a\nRUN <<E\nfind /" + strings.Repeat(" -exec chmod a-s {} + \\\n", 10_000) + "\nE\n",
		"blocks":     "FROM a\nRUN <<E\n" + strings.Repeat("{\n", 1000) + strings.Repeat("a\n", 50_000) + strings.Repeat("} >a <b 2>c\n", 1000) + "\nE\n",
		"passwd":     "FROM a AS a\n" + strings.Repeat("RUN useradd -u 1 a\n", 5000) + strings.Repeat("FROM a AS b\nCOPY --from=a /etc/passwd /\nRUN useradd -u 1 b\n", 3000),
		"braces":     "FROM a\nSHELL [\"bash\", \"-c\"]\nRUN a " + strings.Repeat("{a,b,c,d}{e,f,g,h,i,j,k,l,m} \\\n", 2000) + "\n",
		"copies":     "FROM a AS a\n" + strings.Repeat("COPY --from=b x y\n", 5000) + "FROM a AS b\n" + strings.Repeat("COPY --from=a x y\n", 5000),
	} {
		start := time.Now()
		f, d, err := collect(text, nil)
		t.Logf("%s: %v, %.100q", name, time.Since(start), fmt.Sprint(err))
		if d == nil && err == nil {
			t.Errorf("%s: neither a document nor an error", name)
		}
		if name == "doubling" && f.Stages[0].User.Known {
			t.Error("a value too long to follow counts as known")
		}
	}
}
