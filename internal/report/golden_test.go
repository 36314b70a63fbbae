package report

import (
	"bytes"
	"flag"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func TestGoldens(t *testing.T) {
	for name, write := range map[string]Writer{
		"testdata/report.txt":          Formats["text"],
		"testdata/report-terminal.txt": Text(Style{Color: true, Width: 72}),
		"testdata/report.json":         Formats["json"],
		"testdata/report.sarif.json":   Formats["sarif"],
	} {
		t.Run(name, func(t *testing.T) {
			got := render(t, write)
			if again := render(t, write); got != again {
				t.Error("two runs differ")
			}
			if *update {
				if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("want - got +; -update rewrites\n%s", diff)
			}
		})
	}
}

func render(t *testing.T, write Writer) string {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b, sample()); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
