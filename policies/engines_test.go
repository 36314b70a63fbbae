package policies_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"sallyport/bundles"
	"sallyport/internal/finding"
	"sallyport/internal/gate"
	"sallyport/internal/tree"
	"sallyport/policies"
)

// TestEnginesAgree holds the machine against OPA's evaluator over every artifact here, and over the oracles where
// they are at hand, all of them in CI and a part elsewhere: the same findings, places, messages and errors.
func TestEnginesAgree(t *testing.T) {
	if *update {
		t.Skip("the plans are being written")
	}
	trees := map[string]fs.FS{"services": os.DirFS("../testdata/services"), "collectors": os.DirFS("../collectors")}
	const script = "../../shared/oracles/unpack.sh"
	if _, err := os.Stat(script); err == nil {
		dir := filepath.Join(os.TempDir(), "sallyport-oracles")
		kinds := []string{"cargo", "dockerfile", "kubernetes", "scan", "systemd"}
		if out, err := exec.Command(script, append([]string{dir}, kinds...)...).CombinedOutput(); err != nil {
			t.Fatalf("%s: %v", out, err)
		}
		for _, kind := range kinds {
			trees["oracle "+kind] = named(t, filepath.Join(dir, kind))
		}
	} else if os.Getenv("CI") == "true" {
		t.Fatal("the oracles are not there: ", err)
	}
	total := 0
	for name, fsys := range trees {
		want := judge(t, fsys, true)
		got := judge(t, fsys, false)
		total += len(want)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: OPA (-) and the machine (+) differ:\n%s", name, diff)
		}
	}
	if total < 500 {
		t.Errorf("%d findings and errors prove little", total)
	}
	t.Logf("%d findings and errors agree", total)
}

// named is a folder whose Dockerfiles have names that the collector knows, with those that are lines of
// JSON as files of their own.
func named(t *testing.T, dir string) fs.FS {
	t.Helper()
	fsys, n := fstest.MapFS{}, 0
	err := fs.WalkDir(os.DirFS(dir), ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		if n++; n%8 != 0 && os.Getenv("CI") != "true" {
			return nil
		}
		text, err := os.ReadFile(filepath.Join(dir, file))
		if err != nil {
			return err
		}
		switch {
		case strings.HasPrefix(file, "real/"):
			file += "/Dockerfile"
		case strings.HasPrefix(file, "locks/"):
			file += "/Cargo.lock"
		case strings.HasSuffix(file, ".jsonl"):
			for i, line := range bytes.Split(text, []byte("\n")) {
				var c struct{ Dockerfile string }
				if json.Unmarshal(line, &c) == nil && c.Dockerfile != "" {
					from := "FROM debian:12\n"
					if strings.Contains(strings.ToUpper(c.Dockerfile), "FROM ") {
						from = ""
					}
					fsys[fmt.Sprintf("%s/%d/Dockerfile", file, i)] = &fstest.MapFile{Data: []byte(from + c.Dockerfile)}
				}
			}
		}
		fsys[file] = &fstest.MapFile{Data: text}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return fsys
}

// judge says every finding and error of a tree, whole.
func judge(t *testing.T, fsys fs.FS, interpret bool) []string {
	t.Helper()
	opts := options(t)
	opts.Interpret = interpret
	b, err := bundles.Load(opts, bundles.Tree{Name: "policies", FS: policies.FS, BuiltIn: true})
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	files, err := tree.Walk(ctx, fsys, tree.Options{})
	if err != nil {
		t.Fatal(err)
	}
	report := gate.Run(ctx, gate.Options{
		Bundle: b, Collectors: all(t), FS: fsys, Files: files, Now: clock,
		Policy: gate.Policy{FailOn: finding.Low, AllowEmpty: true},
	})
	var lines []string
	for _, f := range report.Findings {
		related := make([]string, len(f.Related))
		for i, r := range f.Related {
			related[i] = fmt.Sprintf("%s %v %s", r.File, r.At, r.Value)
		}
		lines = append(lines, fmt.Sprintf("%s %s %v %v %s %s %s %s %v", f.Rule.Name, f.File, f.At, f.Span, f.Logical, f.Fingerprint, f.Value, f.Message, related))
	}
	for _, n := range report.Notifications {
		lines = append(lines, fmt.Sprintf("%+v", n))
	}
	slices.Sort(lines)
	return lines
}
