package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"sallyport/internal/imagepack"
)

// A hostile case is a tree that a pull request might bring. Beside it stands a Dockerfile that runs as root:
// whatever happens to the hostile file, that one is still judged.
type hostile struct {
	files map[string]string
	make  func(t *testing.T, dir string)
	// code is the exit code; says is in the messages of the notifications or findings.
	code int
	says string
}

func hostileCases() map[string]hostile {
	compose := func(text string) map[string]string { return map[string]string{"compose.yaml": text} }
	bomb := "services:\n  app:\n    image: a\nx-0: &x0 [a, a, a, a, a, a, a, a, a, a]\n"
	for i := range 12 {
		r := strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*x%d, ", i), 10), ", ")
		bomb += fmt.Sprintf("x-%d: &x%d [%s]\n", i+1, i+1, r)
	}
	return map[string]hostile{
		"FIFO": {make: func(t *testing.T, dir string) {
			must(t, syscall.Mkfifo(filepath.Join(dir, "Dockerfile.fifo"), 0o644))
		}, code: 1},
		"device behind a link": {make: func(t *testing.T, dir string) {
			must(t, os.Symlink("/dev/zero", filepath.Join(dir, "compose.yaml")))
		}, code: 2},
		"link out of the root": {make: func(t *testing.T, dir string) {
			must(t, os.Symlink("/etc/passwd", filepath.Join(dir, ".env")))
		}, code: 2},
		"folder linked to itself": {make: func(t *testing.T, dir string) {
			must(t, os.Symlink(".", filepath.Join(dir, "again")))
		}, code: 1},
		"folder for a file": {make: func(t *testing.T, dir string) {
			must(t, os.Mkdir(filepath.Join(dir, "compose.yaml"), 0o755))
		}, code: 1},
		"too large": {make: func(t *testing.T, dir string) {
			f, err := os.Create(filepath.Join(dir, "Cargo.lock"))
			must(t, err)
			must(t, f.Truncate(1<<30))
			must(t, f.Close())
		}, code: 2, says: "--max-file-size"},
		"too deep": {make: func(t *testing.T, dir string) {
			must(t, os.MkdirAll(filepath.Join(dir, strings.Repeat("d/", 200)), 0o755))
		}, code: 2, says: "--max-depth"},
		"invalid UTF-8":             {files: compose("services:\n  app:\n    image: \"\xff\xfe\"\n"), code: 2, says: "invalid UTF-8"},
		"NUL":                       {files: map[string]string{"app.service": "[Service]\nExecStart=/bin/a\x00b\n"}, code: 2, says: "NUL"},
		"YAML alias bomb":           {files: compose(bomb), code: 2, says: "alias"},
		"YAML depth":                {files: compose("services: " + strings.Repeat("[", 100000) + "\n"), code: 2, says: "dep"},
		"YAML depth by indent":      {files: compose(indented(2000)), code: 2, says: "deep"},
		"YAML duplicate key":        {files: compose("services: {}\nservices: {}\n"), code: 2, says: "services"},
		"TOML depth":                {files: map[string]string{"Cargo.toml": "a = " + strings.Repeat("[", 100000) + "\n"}, code: 2, says: "deep"},
		"JSON depth":                {files: map[string]string{"audit.json": `{"database":{"advisory-count":1,"last-commit":"x","last-updated":"2026-01-01T00:00:00Z"},"lockfile":{"dependency-count":1},"settings":{},"vulnerabilities":{"list":` + strings.Repeat("[", 200000)}, code: 2, says: "deep"},
		"truncated report":          {files: map[string]string{"audit.json": `{"database":{"advisory-count":1,"last-commit":"x","last-updated":"2026-01-01T00:00:00Z"},"lockfile":{"dependency-count":1},"settings":{},"vulnerabilities":{"found":fal`}, code: 2, says: "audit.json"},
		"cyclic extends":            {files: compose("services:\n  a:\n    extends: b\n  b:\n    extends: a\n"), code: 2, says: "extends"},
		"cyclic stages":             {files: map[string]string{"Dockerfile.cycle": "FROM b AS a\nFROM a AS b\nUSER 1\n"}, code: 1},
		"copy from itself":          {files: map[string]string{"Dockerfile.cycle": "FROM debian AS a\nCOPY --from=a x y\nUSER 1\n"}, code: -1},
		"a line of 10 MB":           {files: map[string]string{"Dockerfile.long": "FROM debian\nRUN echo " + strings.Repeat("a", 10<<20) + "\nUSER 1\n"}, code: -1},
		"an env line of 10 MB":      {files: map[string]string{".env": "A=" + strings.Repeat("a ", 5<<20) + "\n"}, code: 1},
		"a million keys":            {files: map[string]string{".env": strings.Repeat("LOG_LEVEL=info\n", 1000000)}, code: -1},
		"100000 packages":           {files: map[string]string{"Cargo.lock": packages(100000)}, code: 1, says: "audit"},
		"dangling dependency":       {files: map[string]string{"Cargo.lock": "version = 4\n\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\ndependencies = [\"gone\"]\n"}, code: 2, says: "gone"},
		"Dockerfile does not parse": {files: map[string]string{"Dockerfile.bad": "FROM debian\nNOPE x\n"}, code: 2, says: "NOPE"},
		"unit does not parse":       {files: map[string]string{"app.service": "[Service\nUser=root\n"}, code: 2, says: "app.service"},
		"CRLF":                      {files: map[string]string{"Dockerfile.crlf": "FROM debian\r\nUSER root\r\n"}, code: 1, says: "root"},
		"BOM":                       {files: map[string]string{"Dockerfile.bom": "\xef\xbb\xbfFROM debian\nUSER root\n"}, code: 1, says: "root"},
		"escape sequences":          {files: map[string]string{"Dockerfile.esc": "FROM debian\nUSER \x1b[31mroot\n"}, code: -1},
		"log commands in a name":    {files: map[string]string{"::error::x/Dockerfile": "FROM debian\nUSER root\n"}, code: 1},
		"newline in a name":         {files: map[string]string{"a\n::error::b.Dockerfile": "FROM debian\nUSER root\n"}, code: 1},
		"image is no archive":       {files: map[string]string{"image.tar": imageHead + strings.Repeat("x", 1024)}, code: 2, says: "image.tar"},
		"image of a bomb":           {make: imageBomb, code: 2, says: "decompression bomb"},
		"layout without an index":   {files: map[string]string{"i/oci-layout": "{}"}, code: 2, says: "index.json"},
		"layout that leads out":     {files: map[string]string{"i/oci-layout": "{}", "i/index.json": `{"manifests":[{"digest":"sha256:../../../../etc/passwd","size":1}]}`}, code: 2, says: "no digest that can be verified"},
		"configuration is broken":   {files: map[string]string{"sallyport.toml": "fail_onn = \"low\"\n"}, code: 2, says: "fail_on"},
		"configuration opens":       {files: map[string]string{"sallyport.toml": "fail_on = \"critical\"\nallow_empty = true\n[rules.\"dockerfile/root_user\"]\nenabled = false\nseverity = \"low\"\n"}, code: 1, says: "trusted"},
		"waiver in the tree":        {files: map[string]string{"sallyport.toml": "[[waiver]]\nrule = \"dockerfile/root_user\"\npath = \"**\"\nreason = \"r\"\nowner = \"o\"\nexpires = \"2026-12-01\"\n"}, code: 1, says: "trusted"},
	}
}

// imageHead is the first block of an archive of docker save.
var imageHead = func() string {
	data, err := imagepack.Archive("a:1", []imagepack.File{{Name: "1/a"}})
	if err != nil {
		panic(err)
	}
	return string(data[:512])
}()

// imageBomb writes a layer of 2 GiB that takes 2 MiB.
func imageBomb(t *testing.T, dir string) {
	t.Helper()
	f, err := os.Create(filepath.Join(dir, "image.tar.gz"))
	must(t, err)
	defer f.Close()
	z, err := gzip.NewWriterLevel(f, gzip.BestSpeed)
	must(t, err)
	w := tar.NewWriter(z)
	must(t, w.WriteHeader(&tar.Header{Name: "blobs/sha256/" + strings.Repeat("a", 64), Size: 2 << 30, Mode: 0o644}))
	zeros := make([]byte, 1<<20)
	for range 1100 {
		_, err := w.Write(zeros)
		must(t, err)
	}
	must(t, z.Close())
}

func indented(n int) string {
	var b strings.Builder
	b.WriteString("services:\n")
	for i := range n {
		b.WriteString(strings.Repeat(" ", i+1) + "a:\n")
	}
	return b.String()
}

func packages(n int) string {
	var b strings.Builder
	b.WriteString("version = 4\n")
	for i := range n {
		fmt.Fprintf(&b, "\n[[package]]\nname = \"p%06d\"\nversion = \"1.0.0\"\nsource = \"registry+https://github.com/rust-lang/crates.io-index\"\nchecksum = \"%064x\"\n", i, i)
		if i > 0 {
			fmt.Fprintf(&b, "dependencies = [\n \"p%06d\",\n]\n", i-1)
		}
	}
	return b.String()
}

func TestHostileInput(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	for name, c := range hostileCases() {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			for file, text := range c.files {
				path := filepath.Join(dir, file)
				must(t, os.MkdirAll(filepath.Dir(path), 0o755))
				must(t, os.WriteFile(path, []byte(text), 0o644))
			}
			if c.make != nil {
				c.make(t, dir)
			}
			must(t, os.MkdirAll(filepath.Join(dir, "witness"), 0o755))
			must(t, os.WriteFile(filepath.Join(dir, "witness", "Dockerfile"), []byte("FROM debian:12\nUSER root\n"), 0o644))
			var stdout, stderr bytes.Buffer
			// The bound is far above what any case takes; it keeps a hang from being one.
			ctx, stop := context.WithTimeout(context.Background(), 2*time.Minute)
			defer stop()
			text := filepath.Join(t.TempDir(), "report.txt")
			code := run(ctx, []string{"check", dir, "--now", "2026-11-20T12:00:00Z", "-o", "json", "-o", "text=" + text}, &stdout, &stderr)
			if ctx.Err() != nil {
				t.Fatal("it did not end")
			}
			judgeHostile(t, c, code, stdout.Bytes(), stderr.String())
			shown, err := os.ReadFile(text)
			must(t, err)
			safeOutput(t, string(shown)+stderr.String())
		})
	}
}

func judgeHostile(t *testing.T, c hostile, code int, out []byte, stderr string) {
	t.Helper()
	if c.code >= 0 && code != c.code || code == 0 {
		t.Errorf("exit code %d, want %d\n%.3000s%s", code, c.code, out, stderr)
	}
	var report struct {
		Findings []struct {
			Rule    string `json:"rule"`
			File    string `json:"file"`
			Message string `json:"message"`
		} `json:"findings"`
		Notifications []struct {
			File    string `json:"file"`
			Message string `json:"message"`
			Hint    string `json:"hint"`
		} `json:"notifications"`
	}
	if err := json.Unmarshal(out, &report); err != nil {
		t.Fatalf("%v\n%.2000s%s", err, out, stderr)
	}
	said, witness := "", false
	for _, f := range report.Findings {
		witness = witness || f.File == "witness/Dockerfile" && f.Rule == "dockerfile/root_user"
		said += f.File + " " + f.Message + "\n"
	}
	for _, n := range report.Notifications {
		said += n.File + " " + n.Message + " " + n.Hint + "\n"
	}
	if !witness {
		t.Errorf("the other file was not judged\n%.2000s", said)
	}
	if !strings.Contains(said, c.says) {
		t.Errorf("%q is not said:\n%.2000s", c.says, said)
	}
	if strings.Contains(said, "panicked") {
		t.Errorf("a collector panicked:\n%.2000s", said)
	}
}

// safeOutput refuses what a terminal or a CI system would obey.
func safeOutput(t *testing.T, text string) {
	t.Helper()
	for line := range strings.Lines(text) {
		if trimmed := strings.TrimLeft(line, " \t"); strings.HasPrefix(trimmed, "::") || strings.HasPrefix(trimmed, "##[") {
			t.Errorf("a log command in the output: %.200q", line)
		}
		if strings.ContainsAny(line, "\x1b\x00\x07") {
			t.Errorf("a control character in the output: %.200q", line)
		}
		if len(line) > 20000 {
			t.Errorf("a line of %d bytes in the output", len(line))
		}
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
