package report

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"sallyport/internal/finding"
)

const (
	oracle    = "../../../shared/oracles/sarif.tar.gz"
	multitool = "../../.cache/sarif/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool"
)

// absent skips a test whose oracle is not there, and fails it where every oracle has to be there.
func absent(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal(what)
	}
	t.Skip(what)
}

// logs are the reports that oracles judge.
func logs() map[string]*finding.Report {
	top := sample()
	top.VCS = finding.VCS{}
	top.Verdict = finding.Closed
	bare := &finding.Report{Tool: finding.Tool{Name: "sallyport", URI: URI}}
	nowhere := sample()
	nowhere.Findings = nowhere.Findings[2:3]
	nowhere.Findings[0].File = "."
	return map[string]*finding.Report{"sample": sample(), "no repository": top, "empty": bare, "the tree itself": nowhere}
}

func TestSARIFSchema(t *testing.T) {
	text, err := schemaText()
	if errors.Is(err, os.ErrNotExist) {
		absent(t, "the SARIF schema is not there: "+oracle)
	}
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft4)
	c.AssertFormat()
	if err := c.AddResource(sarifSchema, doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile(sarifSchema)
	if err != nil {
		t.Fatal(err)
	}
	for name, r := range logs() {
		if err := valid(schema, sarifOf(t, r)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	broken := bytes.Replace(sarifOf(t, sample()), []byte(`"startLine":12`), []byte(`"startLine":0`), 1)
	if valid(schema, broken) == nil {
		t.Error("the schema lets line 0 pass: it does not work")
	}
}

func valid(schema *jsonschema.Schema, text []byte) error {
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return err
	}
	return schema.Validate(v)
}

func schemaText() ([]byte, error) {
	f, err := os.Open(oracle)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	archive := tar.NewReader(z)
	for {
		h, err := archive.Next()
		if err != nil {
			return nil, fmt.Errorf("%s: no schema: %w", oracle, err)
		}
		if strings.HasSuffix(h.Name, "/sarif-schema-2.1.0.json") {
			return io.ReadAll(archive)
		}
	}
}

// The validator says what it found in a SARIF file of its own; its exit code is always 0.
func TestSARIFMultitool(t *testing.T) {
	tool, err := filepath.Abs(multitool)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(tool); err != nil {
		absent(t, "sarif-multitool is not installed: run make sarif-tool")
	}
	for name, r := range logs() {
		if got := validate(t, tool, sarifOf(t, r)); len(got) > 0 {
			t.Errorf("%s: %s", name, strings.Join(got, "\n"))
		}
	}
	broken := bytes.Replace(sarifOf(t, sample()), []byte(`"startLine":12`), []byte(`"startLine":0`), 1)
	if len(validate(t, tool, broken)) == 0 {
		t.Error("the validator lets line 0 pass: it does not work")
	}
}

func validate(t *testing.T, tool string, text []byte) []string {
	t.Helper()
	dir := t.TempDir()
	in, out := filepath.Join(dir, "in.sarif"), filepath.Join(dir, "out.sarif")
	if err := os.WriteFile(in, text, 0o600); err != nil {
		t.Fatal(err)
	}
	run := exec.Command(tool, "validate", in, "--rule-kind", "Sarif;Ghas", "--level", "Error;Warning",
		"-o", out, "--log", "ForceOverwrite;PrettyPrint", "-q")
	if printed, err := run.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, printed)
	}
	data, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	var log struct {
		Runs []struct {
			Results []struct {
				RuleID, Level string
				Message       struct{ Arguments []string }
			}
			Invocations []struct{ ExecutionSuccessful bool }
		}
	}
	if err := json.Unmarshal(data, &log); err != nil {
		t.Fatal(err)
	}
	if len(log.Runs) != 1 {
		t.Fatalf("the validator wrote %d runs", len(log.Runs))
	}
	var complaints []string
	for _, x := range log.Runs[0].Results {
		if x.Level != "note" { // "warning" goes without saying
			complaints = append(complaints, fmt.Sprintf("%s %s %q", x.RuleID, x.Level, x.Message.Arguments))
		}
	}
	return complaints
}

func sarifOf(t *testing.T, r *finding.Report) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := SARIF(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
