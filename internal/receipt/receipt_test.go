package receipt

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sallyport/internal/attest"
)

// TestCounts feeds outputs as the tools write them, in pieces.
func TestCounts(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want attest.Counts
	}{
		"libtest": {
			"running 3 tests\ntest a ... ok\ntest b ... FAILED\ntest c ... ignored\n\ntest result: FAILED. 1 passed; 1 failed; 1 ignored; 0 measured; 2 filtered out; finished in 0.00s\n\n" +
				"running 0 tests\n\ntest result: ok. 4 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s",
			attest.Counts{Tests: true, Passed: 5, Failed: 1, Ignored: 1},
		},
		"crlf":     {"test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\r\n", attest.Counts{Tests: true, Passed: 1}},
		"coloured": {"test result: \x1b[32mok\x1b[0m. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out\n", attest.Counts{Tests: true, Passed: 1}},
		"none":     {"test result: ok. 0 passed; 0 failed; 0 ignored; 0 measured; 9 filtered out\n", attest.Counts{Tests: true}},
		"nextest":  {"     Summary [   0.013s] 3 tests run: 2 passed, 1 failed, 4 skipped\n", attest.Counts{Tests: true, Passed: 2, Failed: 1, Ignored: 4}},
		"nextest stopped": {
			"     Summary [   0.013s] 3/10 tests run: 2 passed (1 slow), 1 failed, 0 skipped\n",
			attest.Counts{Tests: true, Passed: 2, Failed: 1},
		},
		"clippy": {"warning: unused variable: `x`\nwarning: `ledger` (bin \"ledger\") generated 2 warnings (run `cargo clippy --fix` to apply 1 suggestion)\n" +
			"warning: `ledger` (bin \"ledger\" test) generated 1 warning\n", attest.Counts{Lints: true, Warnings: 3}},
		"quiet":           {"warning: unused variable: `x`\n --> api/src/main.rs:2:9\n  |\n\nwarning: unneeded `return` statement\n   --> core/src/lib.rs:2:5\n", attest.Counts{Warnings: 2}},
		"quiet and short": {"core/src/lib.rs:2:5: warning: unneeded `return` statement\n", attest.Counts{Warnings: 1}},
		"clean":           {"    Checking api v0.1.0 (/src/api)\n    Finished `dev` profile [unoptimized + debuginfo] target(s) in 1.72s\n", attest.Counts{Lints: true}},
		"of cargo":        {"warning: unused manifest key: package.x\n    Finished dev [unoptimized] target(s) in 0.2s\n", attest.Counts{Lints: true}},
		"long message": {
			`{"reason":"compiler-message","message":{"level":"warning","spans":[{}],"x":"` + strings.Repeat("x", 3<<20) + "\"}}\n" + `{"reason":"build-finished","success":true}`,
			attest.Counts{Lints: true, Warnings: 1},
		},
		"json": {
			`{"reason":"compiler-message","message":{"level":"warning","spans":[{}]}}` + "\n" +
				`{"reason":"compiler-message","message":{"level":"warning","spans":[]}}` + "\n" +
				`{"reason":"compiler-message","message":{"level":"error","spans":[{}]}}` + "\n" +
				"warning: `ledger` (bin \"ledger\") generated 1 warning\n" + `{"reason":"build-finished","success":false}`,
			attest.Counts{Lints: true, Warnings: 1, Errors: 1},
		},
		"prose":     {"the test result: ok. 5 passed\ntest result: ok, all 5 passed\n", attest.Counts{}},
		"long line": {strings.Repeat("x", 3<<20) + "\ntest result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out\n", attest.Counts{Tests: true, Passed: 1}},
	} {
		counter := &counter{}
		see := counter.stream()
		for piece := range slices.Chunk([]byte(c.text), 7) {
			see(piece)
		}
		counter.close()
		if diff := cmp.Diff(c.want, counter.counts); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestQuestions(t *testing.T) {
	for command, want := range map[string]string{
		"cargo test":                   "cargo --version; rustc --version",
		"cargo +nightly clippy -- -D":  "cargo +nightly --version; rustc +nightly --version; cargo +nightly clippy --version",
		"/opt/cargo --color never fmt": "/opt/cargo --version; rustc --version",
		"trivy fs .":                   "trivy --version",
		"./deploy.sh now":              "",
		"sh -c cargo":                  "",
	} {
		var got []string
		for _, q := range questions(strings.Fields(command)) {
			got = append(got, strings.Join(q, " "))
		}
		if diff := cmp.Diff(want, strings.Join(got, "; ")); diff != "" {
			t.Errorf("%s: %s", command, diff)
		}
	}
}

func runIn(t *testing.T, dir, name string, argv ...string) (int, *attest.Statement, string, error) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code, file, err := Run(context.Background(), Options{
		Name: name, Argv: argv, Dir: dir, Stdout: &stdout, Stderr: &stderr, Version: "1", Now: func() time.Time { return time.Unix(1.8e9, 0) },
	})
	if err != nil {
		return code, nil, "", err
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var s attest.Statement
	if err := json.Unmarshal(data, &s); err != nil {
		t.Fatal(err)
	}
	return code, &s, stdout.String(), nil
}

func TestRun(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.txt"), []byte("a\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	code, s, out, err := runIn(t, dir, "x", "sh", "-c", "cat a.txt; echo password=hunter2horse >&2; exit 7")
	if err != nil || code != 7 || out != "a\n" {
		t.Fatal(code, out, err)
	}
	r := s.Predicate.Receipt
	if s.Predicate.Result != "FAILED" || r.ExitCode != 7 || r.Stdout.Size != 2 || r.Tree != r.TreeAfter || !strings.HasPrefix(r.Stdout.SHA256, "87428fc522803d31") {
		t.Errorf("%+v", r)
	}
	if ignore, err := os.ReadFile(filepath.Join(dir, ".sallyport/.gitignore")); err != nil || string(ignore) != "*\n" {
		t.Error("git sees the receipts")
	}
	_, s, _, err = runIn(t, dir, "x", "sh", "-c", "echo b > b.txt; kill -TERM $$")
	if err != nil {
		t.Fatal(err)
	}
	r = s.Predicate.Receipt
	if r.Signal != "SIGTERM" || r.ExitCode != 128+15 || s.Predicate.Result != "FAILED" || r.Tree == r.TreeAfter {
		t.Errorf("%+v", r)
	}
}

// TestRunLeavesNoOldReceipt starts what cannot be started: a receipt of before would seem to be about it.
func TestRunLeavesNoOldReceipt(t *testing.T) {
	dir := t.TempDir()
	if _, _, _, err := runIn(t, dir, "x", "true"); err != nil {
		t.Fatal(err)
	}
	for program, want := range map[string]int{"no-such-program": 127, "./folder": 126} {
		if err := os.MkdirAll(filepath.Join(dir, "folder"), 0o755); err != nil {
			t.Fatal(err)
		}
		code, _, _, err := runIn(t, dir, "x", program)
		if err == nil || code != want {
			t.Errorf("%s: %d, %v", program, code, err)
		}
		if _, err := os.Stat(filepath.Join(dir, DefaultFile("x"))); err == nil {
			t.Errorf("%s: the old receipt is still there", program)
		}
	}
	for _, name := range []string{"", "../x", "X", ".x", "a b", strings.Repeat("x", 65)} {
		if _, _, _, err := runIn(t, dir, name, "true"); err == nil {
			t.Errorf("the name %q is taken", name)
		}
	}
}

func TestEnvironment(t *testing.T) {
	got := environment([]string{
		"HOME=/root", "CARGO_ALIAS_CLIPPY=version", "CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_RUNNER=true", "CARGO_TARGET_DIR=/t", "RUSTC_WRAPPER=sccache", "=C:=x",
	})
	want := map[string]string{"CARGO_ALIAS_CLIPPY": "version", "CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_RUNNER": "true", "RUSTC_WRAPPER": "sccache"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestMasked(t *testing.T) {
	got := strings.Join(masked([]string{"curl", "-u", "https://bot:s3cr3tPassw0rd99@host.example/x"}), " ")
	if strings.Contains(got, "s3cr3tPassw0rd99") {
		t.Errorf("a secret stands in the receipt: %s", got)
	}
}

// TestRunStopped stops the program while the command runs: a signal to all of the job's processes does.
func TestRunStopped(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	var out bytes.Buffer
	o := Options{Name: "x", Argv: []string{"sh", "-c", "echo go; exit 1"}, Dir: t.TempDir(), Stderr: &out, Now: time.Now, Stdout: stopper(stop)}
	code, file, err := Run(ctx, o)
	if err != nil || code != 1 {
		t.Fatal(code, err)
	}
	if _, err := os.Stat(file); err != nil {
		t.Error(err)
	}
}

type stopper func()

func (s stopper) Write(p []byte) (int, error) { s(); return len(p), nil }
