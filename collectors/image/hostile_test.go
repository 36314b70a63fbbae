package image

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/fstest"

	"sallyport/internal/fact/facttest"
	"sallyport/internal/imagepack"
)

// Each of these is refused or judged, with what is wrong in the message; none hangs or panics.
func TestHostileArchives(t *testing.T) {
	good := pack(t, "config.json", `{"config": {"User": "10001"}}`, "1/a", "x")
	deep := newLayout()
	d := deep.image(t, "amd64", app)
	for range 12 {
		d = deep.json(ociIndex, map[string]any{"manifests": []any{d}})
	}
	deep.index(d)
	wide := newLayout()
	var many []map[string]any
	for range maxManifests + 1 {
		many = append(many, wide.image(t, "amd64", app))
	}
	wide.index(many...)
	for name, c := range map[string]struct {
		data []byte
		says string
	}{
		"empty":                {nil, "neither index.json nor manifest.json"},
		"truncated":            {good[:len(good)-3000], "ends early"},
		"no tar":               {bytes.Repeat([]byte("x"), 2048), "is no tar archive"},
		"member twice":         {append(archiveOf(t, map[string]string{"manifest.json": "[]"})[:1024], good...), "twice"},
		"links in circle":      {archiveOf(t, map[string]string{"manifest.json": "-> x", "x": "-> manifest.json"}), "neither"},
		"manifest is a number": {archiveOf(t, map[string]string{"manifest.json": "5"}), "not a list"},
		"manifest is empty":    {archiveOf(t, map[string]string{"manifest.json": "[]"}), "names no image"},
		"no configuration":     {archiveOf(t, map[string]string{"manifest.json": `[{"Config":"../../etc/passwd","Layers":[]}]`}), "is not there"},
		"layer is missing": {
			archiveOf(t, map[string]string{"c.json": `{"rootfs":{"diff_ids":["x"]}}`, "manifest.json": `[{"Config":"c.json","Layers":["l"]}]`}),
			"the layer l is not there",
		},
		"layer is no tar": {
			archiveOf(t, map[string]string{"c.json": `{"rootfs":{"diff_ids":["x"]}}`, "l": strings.Repeat("no", 999), "manifest.json": `[{"Config":"c.json","Layers":["l"]}]`}),
			"is no tar archive",
		},
		"more layers than diff ids": {archiveOf(t, map[string]string{"c.json": `{}`, "l": "", "manifest.json": `[{"Config":"c.json","Layers":["l"]}]`}), "speaks of 0"},
		"configuration is changed": {
			archiveOf(t, map[string]string{strings.Repeat("a", 64) + ".json": `{}`, "manifest.json": `[{"Config":"` + strings.Repeat("a", 64) + `.json","Layers":[]}]`}),
			"other bytes than its name says",
		},
		"key twice":      {archiveOf(t, map[string]string{"index.json": `{"manifests":[],"manifests":[]}`}), "twice"},
		"JSON depth":     {archiveOf(t, map[string]string{"index.json": strings.Repeat("[", 100000)}), "deep"},
		"index of index": {archiveOf(t, deep), "nest deeper than"},
		"many manifests": {archiveOf(t, wide), "more than 500 manifests"},
		"index is empty": {archiveOf(t, map[string]string{"index.json": `{"manifests":[]}`}), "no image is in it"},
	} {
		_, err := collect(t, map[string][]byte{"a.tar": c.data}, "a.tar")
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %q", name, err, c.says)
		}
	}
}

// A blob with other bytes than its digest says is never judged as if nothing were.
func TestDigestsAreVerified(t *testing.T) {
	for _, kind := range []string{ociManifest, ociConfig, ociGzip} {
		for _, how := range []string{"changed", "longer", "gone"} {
			l := newLayout()
			d := l.image(t, "amd64", app)
			l.index(d)
			var manifest struct {
				Config struct{ Digest string }
				Layers []struct{ Digest string }
			}
			if err := json.Unmarshal([]byte(l["blobs/sha256/"+digestOf(d)[7:]]), &manifest); err != nil {
				t.Fatal(err)
			}
			digest := map[string]string{ociManifest: digestOf(d), ociConfig: manifest.Config.Digest, ociGzip: manifest.Layers[0].Digest}[kind]
			name := "blobs/sha256/" + digest[7:]
			switch text := l[name]; how {
			case "changed":
				l[name] = text[:len(text)/2] + "\x00" + text[len(text)/2+1:]
				if kind != ociGzip {
					l[name] = strings.Replace(text, `"`, ` `, 1)
				}
			case "longer":
				l[name] = text + " "
			case "gone":
				delete(l, name)
			}
			docs, err := collect(t, l.under("i"), "i/oci-layout")
			if err == nil || !strings.Contains(err.Error(), digest) && !strings.Contains(err.Error(), "layer") {
				t.Errorf("%s is %s: %d documents, %v", kind, how, len(docs), err)
			}
			for _, d := range docs {
				if im := d.Facts.(Image); im.Files.Known || im.Layers[0].Read || im.Layers[0].Reason == "" {
					t.Errorf("%s is %s: its files are known", kind, how)
				}
			}
		}
	}
}

// The layer of a configuration that says something else is not believed.
func TestDiffIDsAreVerified(t *testing.T) {
	layer, _ := imagepack.Layer([]imagepack.File{app})
	data := archiveOf(t, map[string]string{
		"l": string(layer), "c.json": `{"rootfs":{"diff_ids":["sha256:` + strings.Repeat("0", 64) + `"]}}`, "manifest.json": `[{"Config":"c.json","Layers":["l"]}]`,
	})
	_, err := collect(t, map[string][]byte{"a.tar": data}, "a.tar")
	if err == nil || !strings.Contains(err.Error(), "holds other files than the configuration says") {
		t.Error(err)
	}
}

func readLayer(t *testing.T, data io.Reader, size int64) (*scan, error) {
	t.Helper()
	lr := &layerReader{ctx: t.Context(), budget: &budget{left: size, size: size}, left: maxEntries}
	return lr.read(data, "", "")
}

// zeros is an endless stream.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestBombs(t *testing.T) {
	var bomb bytes.Buffer
	z, _ := gzip.NewWriterLevel(&bomb, gzip.BestSpeed)
	w := tar.NewWriter(z)
	w.WriteHeader(&tar.Header{Name: "zeros", Size: 3 << 30, Typeflag: tar.TypeReg})
	io.CopyN(w, zeros{}, 1<<30+1<<27)
	z.Close()
	if _, err := readLayer(t, bytes.NewReader(bomb.Bytes()), 1<<40); err == nil || !strings.Contains(err.Error(), "decompression bomb") {
		t.Errorf("a bomb: %v", err)
	}
	if _, err := readLayer(t, bytes.NewReader(bomb.Bytes()), 1<<20); err == nil || !strings.Contains(err.Error(), "limit of 1048576 bytes") {
		t.Errorf("beyond the limit: %v", err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	lr := &layerReader{ctx: ctx, budget: &budget{left: 1, size: 1}, left: 1}
	if _, err := lr.read(zeros{}, "", ""); err == nil {
		t.Error("a run that is over goes on")
	}
}

func TestHostileLayers(t *testing.T) {
	layer := func(headers ...tar.Header) []byte {
		var out bytes.Buffer
		w := tar.NewWriter(&out)
		for _, h := range headers {
			if err := w.WriteHeader(&h); err != nil {
				t.Fatal(err)
			}
		}
		w.Close()
		return out.Bytes()
	}
	var links, whiteouts []tar.Header
	for i := range 9000 {
		links = append(links, tar.Header{Name: fmt.Sprint("l", i), Linkname: strings.Repeat("a", 4000), Typeflag: tar.TypeSymlink, Format: tar.FormatPAX})
		whiteouts = append(whiteouts, tar.Header{Name: fmt.Sprintf(".wh.%d", i), Typeflag: tar.TypeReg})
	}
	for name, c := range map[string]struct {
		data []byte
		says string
	}{
		"a name of a megabyte": {layer(tar.Header{Name: strings.Repeat("a/", 100000), Typeflag: tar.TypeDir, Format: tar.FormatPAX}), "which no system can unpack"},
		"megabytes of links":   {layer(links...), "links of more than"},
		"whiteouts":            {layer(whiteouts...), ""},
		"a device":             {layer(tar.Header{Name: "dev/sda", Typeflag: tar.TypeBlock, Mode: 0o666}), ""},
		"an unknown type":      {layer(tar.Header{Name: "x", Typeflag: 'Z'}), ""},
		"the root":             {layer(tar.Header{Name: "/", Typeflag: tar.TypeDir, Mode: 0o755}, tar.Header{Name: ".wh..wh..opq"}, tar.Header{Name: ".wh."}), ""},
		"cut in a header":      {layer(tar.Header{Name: "x"})[:300], "ends early"},
		"truncated gzip":       {gzipped(layer(tar.Header{Name: "x"}))[:30], "ends early"},
		"bzip2":                {[]byte("BZh91AY"), "bzip2"},
	} {
		s, err := readLayer(t, bytes.NewReader(c.data), 1<<30)
		if c.says == "" && err != nil || c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says)) {
			t.Errorf("%s: %v, want %q", name, err, c.says)
		}
		if s == nil {
			t.Errorf("%s: no scan", name)
		}
	}
	s, err := readLayer(t, bytes.NewReader(layer(tar.Header{Name: "../../etc/x"}, tar.Header{Name: "/abs"}, tar.Header{Name: "a/../b"})), 1<<20)
	if err != nil || s.escapes != 1 || s.entries[hashPath("etc/x")].kind != fileEntry || s.entries[hashPath("abs")].kind != fileEntry {
		t.Errorf("escapes %d, %v", s.escapes, err)
	}
}

func FuzzCollect(f *testing.F) {
	f.Add([]byte(`[{"Id":"sha256:1","RepoTags":["a:1"],"Config":{"User":"x","Env":["A=1"]},"RootFS":{"Layers":["a"]}}]`))
	f.Add([]byte("\xef\xbb\xbf[\r\n{\"Id\":null,\"RepoTags\":null,\"RootFS\":null,\"Config\":null}]"))
	f.Add([]byte(`{"architecture":"a","os":"b","config":{},"history":[{"created_by":"|1 A=b /bin/sh -c x"},null,{"empty_layer":true}]}`))
	f.Add([]byte(`[{"Id":"\u0000","RepoTags":[` + strings.Repeat("[", 200)))
	good := pack(f, "config.json", `{"config": {"User": "app", "Entrypoint": ["a"]}}`, "1/bin/a 0755", "x", "1/etc/passwd", "app:x:1:1::/:/\n", "2/bin/.wh.a", "", "2/x -> y", "")
	f.Add(good)
	f.Add(gzipped(good))
	l := newLayout()
	l.index(l.image(f, "amd64", app))
	f.Add(archiveOf(f, l))
	f.Fuzz(func(t *testing.T, data []byte) {
		c := New(Options{Size: 1 << 24})
		for _, name := range []string{"a.json", "a.tar"} {
			if !c.Match(name, data[:min(len(data), 4096)]) {
				continue
			}
			fsys := fstest.MapFS{name: {Data: data}}
			docs, err := c.Collect(t.Context(), fsys, name)
			if err == nil && len(docs) == 0 {
				t.Fatal("neither a document nor an error")
			}
			if len(docs) > 0 {
				if _, err := facttest.Golden(c, fsys, name); err != nil {
					t.Fatal(err)
				}
			}
		}
	})
}
