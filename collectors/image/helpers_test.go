package image

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"testing"

	"sallyport/internal/imagepack"
)

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

func zlibbed(text string) []byte {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	w.Write([]byte(text))
	w.Close()
	return b.Bytes()
}

func gzipped(data []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write(data)
	w.Close()
	return b.Bytes()
}

// An ociLayout is a layout in the making: its files by name.
type ociLayout map[string]string

func newLayout() ociLayout { return ociLayout{"oci-layout": `{"imageLayoutVersion":"1.0.0"}`} }

const (
	ociManifest = "application/vnd.oci.image.manifest.v1+json"
	ociIndex    = "application/vnd.oci.image.index.v1+json"
	ociConfig   = "application/vnd.oci.image.config.v1+json"
	ociGzip     = "application/vnd.oci.image.layer.v1.tar+gzip"
)

// blob adds one and returns its descriptor.
func (l ociLayout) blob(mediaType string, data []byte) map[string]any {
	digest := imagepack.Digest(data)
	l["blobs/sha256/"+digest[7:]] = string(data)
	return map[string]any{"mediaType": mediaType, "digest": digest, "size": len(data)}
}

func (l ociLayout) json(mediaType string, v any) map[string]any {
	data, _ := json.Marshal(v)
	return l.blob(mediaType, data)
}

// image adds an image with one layer and returns the descriptor of its manifest.
func (l ociLayout) image(t testing.TB, arch string, files ...imagepack.File) map[string]any {
	t.Helper()
	layer, err := imagepack.Layer(files)
	if err != nil {
		t.Fatal(err)
	}
	config := map[string]any{
		"os": "linux", "architecture": arch, "config": map[string]any{"User": "10001"},
		"rootfs": map[string]any{"type": "layers", "diff_ids": []string{imagepack.Digest(layer)}},
	}
	return l.json(ociManifest, map[string]any{
		"schemaVersion": 2, "mediaType": ociManifest, "config": l.json(ociConfig, config),
		"layers": []any{l.blob(ociGzip, gzipped(layer))},
	})
}

func (l ociLayout) index(descriptors ...map[string]any) {
	data, _ := json.MarshalIndent(map[string]any{"schemaVersion": 2, "manifests": descriptors}, "", "  ")
	l["index.json"] = string(data)
}

func with(d map[string]any, pairs ...string) map[string]any {
	d = maps.Clone(d)
	a := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		a[pairs[i]] = pairs[i+1]
	}
	d["annotations"] = a
	return d
}

// under lays the files out in a folder.
func (l ociLayout) under(dir string) map[string][]byte {
	files := map[string][]byte{}
	for name, text := range l {
		files[dir+"/"+name] = []byte(text)
	}
	return files
}

func digestOf(d map[string]any) string { return fmt.Sprint(d["digest"]) }
