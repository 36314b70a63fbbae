package watch

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// heard runs Files and returns what it calls use with, as text.
func heard(t *testing.T, every time.Duration, files ...string) <-chan string {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	all := make(chan string, 100)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		Files(ctx, every, func(contents [][]byte, err error) {
			text := ""
			for _, c := range contents {
				text += string(c) + ";"
			}
			if err != nil {
				text = "error"
			}
			all <- text
		}, files...)
	}()
	t.Cleanup(func() { cancel(); <-ended })
	return all
}

func expect(t *testing.T, all <-chan string, want string) {
	t.Helper()
	select {
	case got := <-all:
		if got != want {
			t.Fatalf("heard %q, want %q", got, want)
		}
	case <-time.After(20 * time.Second):
		t.Fatalf("heard nothing, want %q", want)
	}
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestFiles(t *testing.T) {
	dir := t.TempDir()
	a, b := filepath.Join(dir, "a"), filepath.Join(dir, "b")
	write(t, a, "1")
	write(t, b, "2")
	for _, every := range []time.Duration{time.Hour, 20 * time.Millisecond} { // by events, and by reading
		all := heard(t, every, a, b)
		expect(t, all, "1;2;")
		write(t, b, "3")
		expect(t, all, "1;3;")
		if err := os.Remove(a); err != nil {
			t.Fatal(err)
		}
		expect(t, all, "error")
		write(t, a, "4")
		expect(t, all, "4;3;")
		write(t, a, "1")
		expect(t, all, "1;3;")
		write(t, b, "2")
		expect(t, all, "1;2;")
	}
}

// TestSwap has the files as a Secret that is mounted has them: links to links, swapped at once.
func TestSwap(t *testing.T) {
	dir := t.TempDir()
	for _, version := range []string{"1", "2"} {
		if err := os.Mkdir(filepath.Join(dir, ".."+version), 0o700); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dir, ".."+version, "tls.crt"), version)
	}
	link := func(to, name string) {
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	link("..1", "..data")
	link("..data/tls.crt", "tls.crt")
	all := heard(t, time.Hour, filepath.Join(dir, "tls.crt"))
	expect(t, all, "1;")
	link("..2", "..tmp")
	if err := os.Rename(filepath.Join(dir, "..tmp"), filepath.Join(dir, "..data")); err != nil {
		t.Fatal(err)
	}
	expect(t, all, "2;")
}
