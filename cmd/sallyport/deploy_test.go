package main

import (
	"bytes"
	"strings"
	"testing"
)

// TestDeploy: what is shipped and needs no rendering passes every rule, down to the least severe.
func TestDeploy(t *testing.T) {
	for _, dir := range []string{"kustomize", "image"} {
		var stdout, stderr bytes.Buffer
		code := run(t.Context(), []string{"check", "../../deploy/" + dir, "--fail-on", "low", "--now", "2026-11-20T12:00:00Z"}, &stdout, &stderr)
		if code != 0 || !strings.Contains(stdout.String(), "found nothing") {
			t.Errorf("%s: exit code %d\n%s%s", dir, code, stdout.String(), stderr.String())
		}
	}
}
