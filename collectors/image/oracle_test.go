package image

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sallyport/internal/imagepack"
)

// tool skips a test where a program is not installed.
func tool(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skipf("no %s here", name)
	}
	return path
}

func output(t *testing.T, name string, args ...string) []byte {
	t.Helper()
	cmd := exec.Command(name, args...)
	var errs strings.Builder
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, errs.String())
	}
	return out
}

func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// randomLayers are layers over a few names, so that they often delete and replace one another's files. What
// a layer deletes is what the layers below have, as in layers of builders.
func randomLayers(r *rand.Rand) [][]imagepack.File {
	var layers [][]imagepack.File
	below := map[string]bool{}
	for range 2 + r.IntN(4) {
		used, folders, files := map[string]bool{}, map[string]bool{}, []imagepack.File{}
		var added []string
		for range 1 + r.IntN(12) {
			parts := []string{string(rune('a' + r.IntN(3)))}
			for r.IntN(3) > 0 && len(parts) < 4 {
				parts = append(parts, string(rune('a'+r.IntN(3))))
			}
			name := strings.Join(parts, "/")
			clash := used[name]
			for i := 1; i < len(parts); i++ {
				clash = clash || used[strings.Join(parts[:i], "/")]
			}
			for other := range used {
				clash = clash || strings.HasPrefix(other, name+"/")
			}
			if clash {
				continue
			}
			dir, base := filepath.Split(name)
			deletes := r.IntN(4) == 0 && below[name]
			for i := 1; i < len(parts) && !deletes; i++ {
				if folder := strings.Join(parts[:i], "/") + "/"; !folders[folder] {
					files, folders[folder] = append(files, imagepack.File{Name: folder}), true
				}
			}
			switch {
			case deletes:
				files = append(files, imagepack.File{Name: dir + whiteoutPrefix + base})
			case r.IntN(8) == 0:
				// A folder, empty but for what follows.
				files = append(files, imagepack.File{Name: name + "/"}, imagepack.File{Name: name + "/" + opaqueMark})
			default:
				files = append(files, imagepack.File{Name: name, Data: []byte(name)})
				added = append(added, name)
			}
			used[name] = true
		}
		for _, name := range added {
			for ; name != "."; name = filepath.Dir(name) {
				below[name] = true
			}
		}
		layers = append(layers, files)
	}
	return layers
}

// TestWhiteoutsAgreeWithUmoci unpacks random images with umoci: the files that are there then are those that
// are visible here.
func TestWhiteoutsAgreeWithUmoci(t *testing.T) {
	umoci := tool(t, "umoci")
	r := rand.New(rand.NewPCG(3, 1))
	for n := range 25 {
		l := newLayout()
		var descriptors []any
		var ids []string
		v := view{}
		all := map[string]bool{}
		for _, files := range randomLayers(r) {
			data, err := imagepack.Layer(files)
			if err != nil {
				t.Fatal(err)
			}
			descriptors, ids = append(descriptors, l.blob(ociGzip, gzipped(data))), append(ids, imagepack.Digest(data))
			s, err := readLayer(t, strings.NewReader(string(data)), 1<<20)
			if err != nil {
				t.Fatal(err)
			}
			v.layers = append(v.layers, s)
			for _, f := range files {
				if !strings.Contains(f.Name, whiteoutPrefix) && !strings.HasSuffix(f.Name, "/") {
					all[f.Name] = true
				}
			}
		}
		config := l.json(ociConfig, map[string]any{"os": "linux", "architecture": "amd64", "config": map[string]any{}, "rootfs": map[string]any{"type": "layers", "diff_ids": ids}})
		l.index(with(l.json(ociManifest, map[string]any{"schemaVersion": 2, "config": config, "layers": descriptors}), "org.opencontainers.image.ref.name", "x"))
		dir := t.TempDir()
		write(t, dir, l)
		output(t, umoci, "unpack", "--rootless", "--image", dir+":x", filepath.Join(dir, "out"))
		var want, got []string
		rootfs := filepath.Join(dir, "out", "rootfs")
		filepath.WalkDir(rootfs, func(file string, d fs.DirEntry, err error) error {
			if err == nil && d.Type().IsRegular() {
				name, _ := filepath.Rel(rootfs, file)
				want = append(want, name)
			}
			return err
		})
		for _, name := range sortedKeys(all) {
			if e, _, ok := v.at(name); ok && e.kind == fileEntry {
				got = append(got, name)
			}
		}
		slices.Sort(want)
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("image %d: visible are %v, and umoci unpacks %v", n, got, want)
		}
	}
}

// TestAgreesWithSkopeo holds digests, configuration and layers against skopeo's reading, in each format.
func TestAgreesWithSkopeo(t *testing.T) {
	skopeo := tool(t, "skopeo")
	dir := t.TempDir()
	l := newLayout()
	l.index(with(l.image(t, "amd64", app, imagepack.File{Name: "usr/bin/su 4755", Data: []byte("x")}), "org.opencontainers.image.ref.name", "ledger:1.4.2"))
	write(t, filepath.Join(dir, "oci"), l)
	from := "oci:" + dir + "/oci:ledger:1.4.2"
	for transport, name := range map[string]string{
		"docker-archive:%s/docker.tar:ledger:1.4.2": "docker.tar", "oci-archive:%s/oci.tar:ledger:1.4.2": "oci.tar", "oci:%s/oci:ledger:1.4.2": "oci/oci-layout",
	} {
		at := fmt.Sprintf(transport, dir)
		if at != from {
			output(t, skopeo, "copy", "-q", "--insecure-policy", from, at)
		}
		docs, err := New(Options{}).Collect(t.Context(), os.DirFS(dir), name)
		if err != nil || len(docs) != 1 {
			t.Errorf("%s: %d documents, %v", name, len(docs), err)
			continue
		}
		im := docs[0].Facts.(Image)
		var theirs struct {
			Digest, Architecture, Os string
			Layers                   []string
		}
		if err := json.Unmarshal(output(t, skopeo, "inspect", at), &theirs); err != nil {
			t.Fatal(err)
		}
		var layers []string
		for _, layer := range im.Layers {
			layers = append(layers, layer.Name)
		}
		if fmt.Sprint(layers) != fmt.Sprint(theirs.Layers) || im.Platform.Architecture != theirs.Architecture || im.Platform.OS != theirs.Os {
			t.Errorf("%s: %v %v, and skopeo says %+v", name, layers, im.Platform, theirs)
		}
		if im.Digest != "" && im.Digest != theirs.Digest {
			t.Errorf("%s: digest %s, and skopeo says %s", name, im.Digest, theirs.Digest)
		}
		config := output(t, skopeo, "inspect", "--config", "--raw", at)
		if got := imagepack.Digest(config); got != im.ConfigDigest {
			t.Errorf("%s: configuration %s, and skopeo's is %s", name, im.ConfigDigest, got)
		}
		if len(im.Files.Setuid) != 1 || im.References[0].Name != "ledger:1.4.2" {
			t.Errorf("%s: %v %v", name, im.Files.Setuid, im.References)
		}
	}
}
