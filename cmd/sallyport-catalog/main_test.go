package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestMain makes the test's own program the one under test, because it confines its process for good.
func TestMain(m *testing.M) {
	switch os.Getenv("CATALOG_TEST") {
	case "main":
		main()
	case "confined":
		os.Exit(confined())
	}
	os.Exit(m.Run())
}

// confined tries what a confined process cannot do.
func confined() int {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 3
	}
	if err := confine(1 << 30); err != nil {
		fmt.Println("skip:", err)
		return 0
	}
	if _, err := net.DialTimeout("tcp", listener.Addr().String(), time.Second); err == nil {
		fmt.Println("dialled")
		return 1
	}
	done := make(chan error)
	go func() { done <- exec.Command("/bin/sh", "-c", "exit 0").Run() }() // another thread
	if err := <-done; err == nil {
		fmt.Println("started a program")
		return 1
	}
	fmt.Println("held")
	return 0
}

func TestConfined(t *testing.T) {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "CATALOG_TEST=confined")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if strings.HasPrefix(string(out), "skip") {
		t.Skip(string(out))
	}
}

// runCatalog runs the second binary, and returns its exit code.
func runCatalog(t testing.TB, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), "CATALOG_TEST=main")
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil && cmd.ProcessState.ExitCode() < 0 {
		t.Fatal(err)
	}
	return out.String(), errs.String(), cmd.ProcessState.ExitCode()
}

const lock = `version = 4

[[package]]
name = "ledger"
version = "1.4.2"
dependencies = ["hyper"]

[[package]]
name = "hyper"
version = "0.14.9"
source = "registry+https://github.com/rust-lang/crates.io-index"
checksum = "1111111111111111111111111111111111111111111111111111111111111111"
`

const installed = "C:Q1Zm9v\nP:musl\nV:1.2.4-r1\nA:x86_64\nS:1\nI:1\nT:the C library\nU:u\nL:MIT\no:musl\nm:x\nt:1\nc:abc\nF:lib\nR:ld\n\n"

func writeFiles(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// components lists name@version of a CycloneDX document, without files.
func components(t testing.TB, text string) []string {
	t.Helper()
	var doc struct {
		Components []struct{ Type, Name, Version string }
	}
	if err := json.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatalf("%v: %.300s", err, text)
	}
	names := []string{}
	for _, c := range doc.Components {
		if c.Type != "file" {
			names = append(names, c.Name+"@"+c.Version)
		}
	}
	slices.Sort(names)
	return names
}

func TestFormats(t *testing.T) {
	dir := writeFiles(t, map[string]string{"Cargo.lock": lock})
	args := []string{}
	for _, f := range formatNames() {
		args = append(args, "-o", f+"="+filepath.Join(dir, f+".sbom"))
	}
	if _, stderr, code := runCatalog(t, append(args, dir)...); code != 0 || stderr != "" {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	for format, mark := range map[string]string{
		"cyclonedx-json": `"bomFormat"`, "cyclonedx-xml": "<bom ", "spdx-json": `"spdxVersion"`, "spdx-tag-value": "SPDXVersion: ", "syft-json": `"artifacts"`,
	} {
		text, err := os.ReadFile(filepath.Join(dir, format+".sbom"))
		if err != nil {
			t.Error(err)
		}
		for _, want := range []string{mark, "hyper", "0.14.9"} {
			if !strings.Contains(string(text), want) {
				t.Errorf("%s: %q is not in the document", format, want)
			}
		}
	}
}

// packed packs the files, the last by name first, so that manifest.json leads config.json and layers.
func packed(t testing.TB, files map[string]string) string {
	t.Helper()
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	names := slices.Sorted(maps.Keys(files))
	slices.Reverse(names)
	for _, name := range names {
		if err := w.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: int64(len(files[name])), Typeflag: tar.TypeReg}); err != nil {
			t.Fatal(err)
		}
		w.Write([]byte(files[name]))
	}
	w.Close()
	return out.String()
}

func digest(s string) string { return fmt.Sprintf("sha256:%x", sha256.Sum256([]byte(s))) }

func TestImages(t *testing.T) {
	first := packed(t, map[string]string{"lib/apk/db/installed": installed, "etc/os-release": "ID=alpine\nVERSION_ID=3.19\nNAME=Alpine\n"})
	second := packed(t, map[string]string{"app/Cargo.lock": lock})
	archive := packed(t, map[string]string{
		"1.tar": first, "2.tar": second,
		"config.json":   fmt.Sprintf(`{"os":"linux","architecture":"amd64","config":{},"rootfs":{"type":"layers","diff_ids":["%s","%s"]}}`, digest(first), digest(second)),
		"manifest.json": `[{"Config":"config.json","RepoTags":["ledger:1.4.2"],"Layers":["1.tar","2.tar"]}]`,
	})
	// Some tools write the layers first, and call them as they like.
	late := packed(t, map[string]string{
		"sha256:c":    fmt.Sprintf(`{"os":"linux","architecture":"amd64","config":{},"rootfs":{"type":"layers","diff_ids":["%s","%s"]}}`, digest(first), digest(second)),
		"z/layer.tar": first, "y.tar.gz": second, "manifest.json": `[{"Config":"sha256:c","RepoTags":["ledger:1.4.2"],"Layers":["z/layer.tar","y.tar.gz"]}]`,
	})
	var gz bytes.Buffer
	w := gzip.NewWriter(&gz)
	w.Write([]byte(archive))
	w.Close()
	dir := writeFiles(t, map[string]string{"a.tar": archive, "b.tar.gz": gz.String(), "c.tar": late})
	for _, name := range []string{"a.tar", "b.tar.gz", "c.tar"} {
		stdout, stderr, code := runCatalog(t, filepath.Join(dir, name))
		if code != 0 {
			t.Fatalf("%s: %s", name, stderr)
		}
		if got := components(t, stdout); !slices.Equal(got, []string{"alpine@3.19", "musl@1.2.4-r1"}) {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// TestErrors holds that every refusal is one line with exit code 2.
func TestErrors(t *testing.T) {
	dir := writeFiles(t, map[string]string{
		"Cargo.lock": lock, "broken.tar": packed(t, map[string]string{"manifest.json": "[]"}), "cut.tar.gz": "\x1f\x8b\x08\x00\x00\x00", "layout/oci-layout": "{}", "layout/index.json": "[",
	})
	for name, c := range map[string]struct {
		args []string
		want string
	}{
		"absent":    {[]string{filepath.Join(dir, "none")}, "no such file"},
		"format":    {[]string{"-o", "table", dir}, "choose one of cyclonedx-json"},
		"two":       {[]string{"-o", "syft-json", "-o", "spdx-json", dir}, "name a file"},
		"no path":   {nil, "0 paths"},
		"source":    {[]string{"--source", "registry", dir}, "choose one of dir"},
		"docker":    {[]string{"--source", "docker", dir}, "choose one of dir"},
		"output":    {[]string{"--max-output", "100", dir}, "--max-output"},
		"time":      {[]string{"--timeout", "1ns", dir}, "--timeout"},
		"memory":    {[]string{"--memory", "5", dir}, "at least 64 MiB"},
		"broken":    {[]string{filepath.Join(dir, "broken.tar")}, "docker-archive"},
		"cut":       {[]string{filepath.Join(dir, "cut.tar.gz")}, "EOF"},
		"layout":    {[]string{filepath.Join(dir, "layout")}, "oci-dir"},
		"no layout": {[]string{"--source", "oci-archive", filepath.Join(dir, "broken.tar")}, "as oci-archive: stat index.json: no such file"},
		"no image":  {[]string{"--each", filepath.Join(dir, "Cargo.lock")}, "no image is in it"},
		"two files": {[]string{"--each", "-o", "syft-json=a", dir}, "one format to stdout"},
	} {
		stdout, stderr, code := runCatalog(t, c.args...)
		if code != 2 || strings.Count(stderr, "\n") != 1 || !strings.Contains(stderr, c.want) || !strings.HasPrefix(stderr, "sallyport-catalog: ") {
			t.Errorf("%s: exit code %d, stderr %q, want %q", name, code, stderr, c.want)
		}
		if name != "output" && stdout != "" {
			t.Errorf("%s: stdout %q", name, stdout)
		}
	}
}

// TestNothingIsLeft holds that the program cleans up what it unpacked.
func TestNothingIsLeft(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	dir := writeFiles(t, map[string]string{"Cargo.lock": lock})
	runCatalog(t, dir)
	runCatalog(t, "--timeout", "1ns", dir)
	left, err := os.ReadDir(tmp)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range left {
		if strings.HasPrefix(e.Name(), "sallyport") {
			t.Error(e.Name())
		}
	}
}
