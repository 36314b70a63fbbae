package receipt

import (
	"context"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"sallyport/internal/attest"
)

// versioned are the programs that are known to answer --version and do nothing else.
var versioned = strings.Fields(`cargo rustc rustfmt clippy-driver cargo-clippy cargo-fmt cargo-audit cargo-deny cargo-nextest
	cargo-llvm-cov trivy grype syft osv-scanner gitleaks trufflehog semgrep hadolint shellcheck python python3 pytest node npm pnpm yarn
	make just cmake gcc clang docker podman buildah kubectl helm k6 promtool`)

// askFor is how long a tool may take to tell its version.
const askFor = 20 * time.Second

var number = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\d+\.\d+(\.\d+)?([-+.~][0-9A-Za-z.+~-]*)?`)
})

// tools asks the program of a command, and those of Rust that it leads to, for their versions.
func tools(ctx context.Context, argv []string, dir string) []attest.Tool {
	found := []attest.Tool{}
	for _, ask := range questions(argv) {
		ctx, stop := context.WithTimeout(ctx, askFor)
		cmd := exec.CommandContext(ctx, ask[0], ask[1:]...)
		cmd.Dir, cmd.WaitDelay = dir, time.Second
		text, err := cmd.Output()
		stop()
		line, _, _ := strings.Cut(strings.TrimSpace(string(text)), "\n")
		if err != nil || line == "" || len(line) > 200 {
			continue
		}
		found = append(found, attest.Tool{Name: nameOf(ask), Version: number().FindString(line), Text: line})
	}
	return found
}

// questions are the commands that tell versions: {"cargo", "+nightly", "clippy", "--version"}.
func questions(argv []string) [][]string {
	program := filepath.Base(argv[0])
	if !slices.Contains(versioned, program) {
		return nil
	}
	asks := [][]string{{argv[0], "--version"}}
	if program != "cargo" {
		return asks
	}
	var chain []string
	rest := argv[1:]
	if len(rest) > 0 && strings.HasPrefix(rest[0], "+") {
		chain, rest = rest[:1], rest[1:]
	}
	cargo := func(words ...string) []string { return slices.Concat(argv[:1], chain, words) }
	asks = [][]string{cargo("--version"), append([]string{"rustc"}, append(slices.Clone(chain), "--version")...)}
	for len(rest) > 0 && strings.HasPrefix(rest[0], "-") {
		rest = rest[1:]
	}
	if len(rest) > 0 && slices.Contains([]string{"clippy", "fmt", "nextest", "audit", "deny", "llvm-cov", "miri"}, rest[0]) {
		asks = append(asks, cargo(rest[0], "--version"))
	}
	return asks
}

func nameOf(ask []string) string {
	words := slices.DeleteFunc(slices.Clone(ask), func(w string) bool { return strings.HasPrefix(w, "-") || strings.HasPrefix(w, "+") })
	words[0] = filepath.Base(words[0])
	return strings.Join(words, "-")
}
