package bundles

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// tarball packs members with their texts.
func tarball(tb testing.TB, members ...[2]string) []byte {
	tb.Helper()
	var buf bytes.Buffer
	zw := gzip.NewWriter(&buf)
	tw := tar.NewWriter(zw)
	for _, m := range members {
		if err := tw.WriteHeader(&tar.Header{Name: m[0], Typeflag: tar.TypeReg, Size: int64(len(m[1]))}); err != nil {
			tb.Fatal(err)
		}
		if _, err := tw.Write([]byte(m[1])); err != nil {
			tb.Fatal(err)
		}
	}
	if err := tw.Close(); err != nil {
		tb.Fatal(err)
	}
	if err := zw.Close(); err != nil {
		tb.Fatal(err)
	}
	return buf.Bytes()
}

func texts(t *testing.T, fsys fs.FS) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := fs.WalkDir(fsys, ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(fsys, file)
		all[file] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// `opa build --bundle acme` keeps the folder's name, writes leading slashes, and moves the tables to the root.
func TestFilesOfOPA(t *testing.T) {
	files, err := Unpack(bytes.NewReader(tarball(t,
		[2]string{"/data.json", `{"tables": {"hosts": {"b": 1, "a": [2]}}, "other": 1}`}, [2]string{"/.manifest", `{}`},
		[2]string{"/acme/dockerfile/x.rego", "1"}, [2]string{"/acme/lib/y.rego", "2"}, [2]string{"/acme/testdata/a/b/c.rego", "3"})))
	if err != nil {
		t.Fatal(err)
	}
	fsys, err := Files(files)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"data.json": `{"tables": {"hosts": {"b": 1, "a": [2]}}, "other": 1}`, "tables/hosts/data.json": `{"b": 1, "a": [2]}`,
		"dockerfile/x.rego": "1", "lib/y.rego": "2", "testdata/a/b/c.rego": "3",
	}
	if diff := cmp.Diff(want, texts(t, fsys)); diff != "" {
		t.Error(diff)
	}
	packed, err := Digest(fsys)
	if err != nil {
		t.Fatal(err)
	}
	folder := fstest.MapFS{
		"dockerfile/x.rego": {Data: []byte("1")}, "lib/y.rego": {Data: []byte("2")}, "lib/y_test.rego": {Data: []byte("4")},
		"tables/hosts/data.json": {Data: []byte("{\"a\": [ 2 ],\n\"b\": 1}")}, "README.md": {Data: []byte("5")},
	}
	if unpacked, err := Digest(folder); err != nil || unpacked != packed {
		t.Errorf("the folder's digest is %s, the bundle's %s: %v", unpacked, packed, err)
	}
	folder["lib/y.rego"].Data = []byte("3")
	if changed, err := Digest(folder); err != nil || changed == packed {
		t.Errorf("the digest is blind to a change: %v", err)
	}
}

func TestFilesRefuses(t *testing.T) {
	for says, files := range map[string]map[string][]byte{
		"data.json":         {"data.json": []byte("[")},
		"no name of a":      {"data.json": []byte(`{"tables": {"../x": 1}}`)},
		"no name of a tabl": {"data.json": []byte(`{"tables": {"": 1}}`)},
		"too":               {"data.json": []byte(`{"tables": {"x": 1}}`), "tables/x/data.json": []byte("2")},
	} {
		if _, err := Files(files); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", says, err)
		}
	}
}

// FuzzUnpack: an error, or files below the root that make a tree with a digest.
func FuzzUnpack(f *testing.F) {
	f.Add(tarball(f, [2]string{"/acme/dockerfile/x.rego", "package x"}, [2]string{"data.json", `{"tables": {"a": 1}}`}))
	f.Add(tarball(f, [2]string{"../x", ""}))
	f.Add([]byte("\x1f\x8b"))
	f.Fuzz(func(t *testing.T, data []byte) {
		files, err := Unpack(bytes.NewReader(data))
		if err != nil {
			return
		}
		for name := range files {
			if !fs.ValidPath(name) {
				t.Errorf("%q", name)
			}
		}
		if fsys, err := Files(files); err == nil {
			_, _ = Digest(fsys)
		}
	})
}
