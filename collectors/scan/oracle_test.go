package scan

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sallyport/internal/fact"
	"sallyport/internal/fact/facttest"
)

// A raw report is read here a second time, in another way, and counted.
type raw map[string]any

func (r raw) list(key string) []raw {
	var list []raw
	items, _ := r[key].([]any)
	for _, item := range items {
		object, _ := item.(map[string]any)
		list = append(list, object)
	}
	return list
}

func counted(r raw, keys ...string) int {
	n := 0
	for _, key := range keys {
		n += len(r.list(key))
	}
	return n
}

// wants counts what each kind of report must hold; -1 is a report that nobody reads.
var wants = map[string]func(r raw) int{
	"trivy-json": func(r raw) (n int) {
		for _, result := range r.list("Results") {
			n += counted(result, "Vulnerabilities", "Misconfigurations", "Secrets", "Licenses")
		}
		return n
	},
	"grype-json": func(r raw) int { return counted(r, "matches") },
	"osv-scanner-json": func(r raw) (n int) {
		for _, result := range r.list("results") {
			if _, other := result["complianceDistribution"]; other {
				return -1 // another tool's
			}
			for _, pkg := range result.list("packages") {
				groups := pkg.list("groups")
				for _, group := range groups {
					ids, _ := json.Marshal(group["ids"])
					n += max(1, bytes.Count(ids, []byte("RUSTSEC-")))
				}
				if len(groups) == 0 {
					n += counted(pkg, "vulnerabilities")
				}
			}
		}
		return n
	},
	"sarif": func(r raw) (n int) {
		if r["version"] != "2.1.0" {
			return -1
		}
		for _, run := range r.list("runs") {
			for _, result := range run.list("results") {
				if result["baselineState"] != "absent" {
					n++
				}
			}
		}
		return n
	},
	"gitlab-report": func(raw) int { return -1 },
	"in-toto":       func(raw) int { return -1 },
}

// TestOracle reads reports that scanners have made, holds their numbers, and leaves those of other tools alone.
func TestOracle(t *testing.T) {
	root := facttest.Oracle(t, "scan")
	read, results, other := map[string]int{}, map[string]int{}, 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.Contains(path, "/live/") {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		kind := filepath.Base(filepath.Dir(path))
		var r raw
		want := -1
		if json.Unmarshal(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), &r) == nil {
			want = wants[kind](r)
		}
		matched := New(Options{}).Match(d.Name(), data[:min(len(data), fact.HeadSize)])
		docs, err := New(Options{}).Collect(t.Context(), os.DirFS(filepath.Dir(path)), d.Name())
		if want < 0 {
			if matched && err == nil {
				t.Errorf("%s: read although nobody writes it", path)
			}
			other++
			return nil
		}
		if !matched || err != nil {
			t.Errorf("%s: matched %v: %v", path, matched, err)
			return nil
		}
		got := 0
		for _, doc := range docs {
			report := doc.Facts.(Report)
			got += len(report.Results)
			for _, i := range report.Settings.Ignored {
				if i.Status == "suppressed" {
					got++
				}
			}
		}
		if got != want {
			t.Errorf("%s: %d results, it holds %d", path, got, want)
		}
		read[kind]++
		results[kind] += got
		if _, err := facttest.Golden(New(Options{}), os.DirFS(filepath.Dir(path)), d.Name()); err != nil && len(docs) == 1 {
			t.Error(path, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("read %v with results %v; %d files of other tools or versions", read, results, other)
	if read["trivy-json"] < 40 || read["grype-json"] < 4 || read["osv-scanner-json"] < 10 || read["sarif"] < 90 || other < 10 {
		t.Error("the oracle data is not what it was")
	}
}

// TestOracleLive reads what tools have written on a machine like this one, with the sums that they state.
func TestOracleLive(t *testing.T) {
	live := facttest.Oracle(t, "scan") + "/live"
	for file, want := range map[string]struct {
		tool, concern string
		results       int
	}{
		"osv-scanner.json":      {"osv-scanner", "vulnerabilities", 77},
		"osv-scanner.sarif":     {"osv-scanner", "vulnerabilities", 77},
		"trivy-config.json":     {"trivy", "vulnerabilities", 0},
		"trivy-config.sarif":    {"trivy", "code", 101},
		"clippy-default.jsonl":  {"clippy", "lints", 17},
		"clippy-pedantic.jsonl": {"clippy", "lints", 81}, // of 84 messages; one is there four times
	} {
		docs, err := New(Options{}).Collect(t.Context(), os.DirFS(live), file)
		if err != nil || len(docs) != 1 {
			t.Errorf("%s: %d documents, %v", file, len(docs), errors.Join(err))
			continue
		}
		r := docs[0].Facts.(Report)
		kinds := map[string]int{}
		for _, res := range r.Results {
			kinds[res.Kind]++
		}
		t.Log(file, len(r.Results), kinds, len(r.Subject.Targets), r.Failures)
		if r.Tool.Name != want.tool || r.Concern != want.concern || want.results > 0 && len(r.Results) != want.results {
			t.Errorf("%s: %s, %s, %d results", file, r.Tool.Name, r.Concern, len(r.Results))
		}
	}
}
