package catalog

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestMain makes the test's own program the second binary, in several moods.
func TestMain(m *testing.M) {
	mood := filepath.Base(os.Args[0])
	switch mood {
	case "well":
		fmt.Println(strings.Join(os.Args[1:], " "))
		fmt.Fprintln(os.Stderr, "note: a.jar: cannot be read")
		os.Exit(0)
	case "env":
		fmt.Println(strings.Join(os.Environ(), "\n"))
		os.Exit(0)
	case "bad":
		fmt.Fprintln(os.Stderr, "note: x\nsallyport-catalog: a.tar: truncated")
		os.Exit(2)
	case "memory":
		fmt.Fprintln(os.Stderr, "runtime: out of memory: cannot allocate 4194304-byte block\n\ngoroutine 1 [running]:")
		os.Exit(2)
	case "crash":
		panic("oh")
	case "silent":
		os.Exit(3)
	case "slow":
		time.Sleep(time.Hour)
	}
	os.Exit(m.Run())
}

func run(t *testing.T, ctx context.Context, mood string, r *Request) (stdout string, notes []string, err error) {
	t.Helper()
	program := filepath.Join(t.TempDir(), mood)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(self, program); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	r.Stdout, r.Note = &out, func(s string) { notes = append(notes, s) }
	err = Run(ctx, program, r)
	return out.String(), notes, err
}

func TestRun(t *testing.T) {
	r := &Request{Path: "-x.tar", Name: "ledger", Outputs: []string{"spdx-json=a.json"}, Limits: Limits{Memory: 1 << 30, Time: time.Minute}}
	out, notes, err := run(t, context.Background(), "well", r)
	if err != nil {
		t.Fatal(err)
	}
	if want := "-o spdx-json=a.json --name ledger --memory 1073741824 --timeout 1m0s -- -x.tar\n"; out != want {
		t.Errorf("arguments %q, want %q", out, want)
	}
	if len(notes) != 1 || notes[0] != "a.jar: cannot be read" {
		t.Errorf("notes %q", notes)
	}
}

// TestEnvironment holds that no secret of ours reaches the program.
func TestEnvironment(t *testing.T) {
	t.Setenv("REGISTRY_TOKEN", "made-up")
	t.Setenv("HTTPS_PROXY", "http://user:made-up@localhost")
	t.Setenv("HOME", "/home/made-up")
	out, _, err := run(t, context.Background(), "env", &Request{})
	if err != nil || strings.Contains(out, "made-up") || !strings.Contains(out, "TMPDIR=") {
		t.Errorf("%v: %s", err, out)
	}
}

func TestBadEnds(t *testing.T) {
	for mood, want := range map[string]string{
		"bad": "a.tar: truncated", "memory": "--memory", "crash": "ended badly: panic: oh", "silent": "exit status 3",
	} {
		_, _, err := run(t, context.Background(), mood, &Request{Path: "a.tar"})
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v, want %q", mood, err, want)
		}
	}
}

func TestInterrupted(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	if _, _, err := run(t, ctx, "slow", &Request{}); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
}

// TestFind holds that a folder of PATH that is relative does not count.
func TestFind(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	t.Setenv("PATH", ".")
	if err := os.WriteFile(filepath.Join(dir, Program), []byte("#!/bin/sh\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	if found, err := Find(); !errors.Is(err, ErrAbsent) {
		t.Errorf("found %q, %v", found, err)
	}
	t.Setenv("PATH", dir)
	if found, err := Find(); err != nil || found != filepath.Join(dir, Program) {
		t.Errorf("found %q, %v", found, err)
	}
}
