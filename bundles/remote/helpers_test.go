package remote

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"testing"

	"sallyport/bundles"
)

// replaceIn changes a text in all files of an archive.
func replaceIn(t *testing.T, data []byte, from, to string) map[string][]byte {
	t.Helper()
	files, err := bundles.Unpack(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		files[name] = bytes.ReplaceAll(text, []byte(from), []byte(to))
	}
	return files
}

func archiveOf(t *testing.T, files map[string][]byte) []byte {
	t.Helper()
	var buf bytes.Buffer
	zw := gzip.NewWriter(&buf)
	tw := tar.NewWriter(zw)
	for name, text := range files {
		if err := tw.WriteHeader(&tar.Header{Name: name, Typeflag: tar.TypeReg, Size: int64(len(text))}); err != nil {
			t.Fatal(err)
		}
		if _, err := tw.Write(text); err != nil {
			t.Fatal(err)
		}
	}
	if err := tw.Close(); err != nil {
		t.Fatal(err)
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}
