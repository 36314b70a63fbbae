package main

import (
	"bytes"
	"context"
	"encoding/json"
	"testing"
)

// No two findings over everything in testdata have one fingerprint: a collision would hide the second.
func TestFingerprintsDoNotCollide(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	total := 0
	for _, dir := range []string{"../../testdata", "../../collectors"} {
		var stdout, stderr bytes.Buffer
		run(context.Background(), []string{"check", dir, "--now", "2026-11-20T12:00:00Z", "-o", "json"}, &stdout, &stderr)
		var report struct {
			Findings []struct {
				Rule        string `json:"rule"`
				File        string `json:"file"`
				Line        int    `json:"line"`
				Message     string `json:"message"`
				Fingerprint string `json:"fingerprint"`
			} `json:"findings"`
		}
		if err := json.Unmarshal(stdout.Bytes(), &report); err != nil {
			t.Fatalf("%v\n%s", err, stderr.String())
		}
		seen := map[string]int{}
		for i, f := range report.Findings {
			if f.Fingerprint == "" || f.Line < 1 {
				t.Errorf("%+v: no fingerprint, or no line", f)
			}
			if j, ok := seen[f.Fingerprint]; ok {
				t.Errorf("one fingerprint for\n%+v\n%+v", report.Findings[j], f)
			}
			seen[f.Fingerprint] = i
		}
		total += len(report.Findings)
	}
	if total < 200 {
		t.Errorf("only %d findings in testdata", total)
	}
}
