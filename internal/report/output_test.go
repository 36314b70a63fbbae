package report

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sallyport/internal/finding"
)

func TestOutputs(t *testing.T) {
	r := &finding.Report{Verdict: finding.Open, Reason: "no finding closes it"}
	file := filepath.Join(t.TempDir(), "report.json")
	var stdout bytes.Buffer
	outputs, err := Outputs([]string{"text=-", "json=" + file}, &stdout, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range outputs {
		if err := o.Write(r); err != nil {
			t.Error(err)
		}
	}
	if !strings.HasSuffix(stdout.String(), "gate open: no finding closes it\n") {
		t.Errorf("%q", stdout.String())
	}
	if text, err := os.ReadFile(file); err != nil || !strings.HasPrefix(string(text), "{") {
		t.Errorf("%v: %.40s", err, text)
	}
	if outputs, err = Outputs(nil, &stdout, false); err != nil || len(outputs) != 1 || outputs[0].Format != "text" {
		t.Errorf("nothing is wanted: %v %v", outputs, err)
	}
	for _, c := range []struct {
		wanted []string
		want   string
	}{
		{[]string{"xml"}, `-o "xml": choose one of json, sarif, text`},
		{[]string{"json", "sarif=-"}, "-o json and -o sarif=- write to the same place"},
		{[]string{"json=a", "sarif=a"}, "write to the same place: give one a file, as in -o sarif=FILE"},
	} {
		if _, err := Outputs(c.wanted, &stdout, false); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: %v, want %q", c.wanted, err, c.want)
		}
	}
	lost := []Output{{Format: "json", File: filepath.Join(t.TempDir(), "no", "such"), writer: JSON}}
	if err := lost[0].Write(r); err == nil || !strings.HasPrefix(err.Error(), "-o json: ") {
		t.Error(err)
	}
}

// TestProgress holds that a line is written on terminals alone, not before its time, and not more often than can be read.
func TestProgress(t *testing.T) {
	var out bytes.Buffer
	if p := NewProgress(&out, 0); p != nil {
		t.Error("a buffer is no terminal")
	}
	var none *Progress
	none.Say("%d", 1)
	none.End()

	p := &Progress{w: &out}
	p.Say("%d of %d", 1, 9)
	p.Say("%d of %d", 2, 9)
	p.End()
	if got := out.String(); got != "\r\x1b[K1 of 9\r\x1b[K" {
		t.Errorf("%q", got)
	}
}
