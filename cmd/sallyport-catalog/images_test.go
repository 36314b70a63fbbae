package main

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A layoutBuilder gathers the blobs of a layout.
type layoutBuilder map[string]string

func (l layoutBuilder) blob(text string) (sum string, size int) {
	l["blobs/sha256/"+strings.TrimPrefix(digest(text), "sha256:")] = text
	return digest(text), len(text)
}

func (l layoutBuilder) descriptor(mediaType, text, more string) string {
	d, n := l.blob(text)
	return fmt.Sprintf(`{"mediaType":%q,"digest":%q,"size":%d%s}`, mediaType, d, n, more)
}

const (
	indexType    = "application/vnd.oci.image.index.v1+json"
	manifestType = "application/vnd.oci.image.manifest.v1+json"
)

func (l layoutBuilder) image(t testing.TB, arch, version, more string) string {
	layer := packed(t, map[string]string{
		"lib/apk/db/installed": strings.ReplaceAll(installed, "1.2.4-r1", version), "etc/os-release": "ID=alpine\nVERSION_ID=3.19\nNAME=Alpine\n",
	})
	config := fmt.Sprintf(`{"os":"linux","architecture":%q,"config":{},"rootfs":{"type":"layers","diff_ids":[%q]}}`, arch, digest(layer))
	manifest := fmt.Sprintf(`{"schemaVersion":2,"mediaType":%q,"config":%s,"layers":[%s]}`, manifestType,
		l.descriptor("application/vnd.oci.image.config.v1+json", config, ""), l.descriptor("application/vnd.oci.image.layer.v1.tar", layer, ""))
	return l.descriptor(manifestType, manifest, more)
}

// buildx makes a layout as BuildKit does: an index in an index, with two platforms, an attestation, and a signature beside it.
func buildx(t testing.TB) layoutBuilder {
	l := layoutBuilder{"oci-layout": `{"imageLayoutVersion":"1.0.0"}`}
	attestation := fmt.Sprintf(`{"schemaVersion":2,"mediaType":%q,"config":%s,"layers":[%s]}`, manifestType,
		l.descriptor("application/vnd.oci.image.config.v1+json", "{}", ""), l.descriptor("application/vnd.in-toto+json", "{}", ""))
	inner := fmt.Sprintf(`{"schemaVersion":2,"mediaType":%q,"manifests":[%s,%s,%s]}`, indexType,
		l.image(t, "amd64", "1.0.0-r0", ""), l.image(t, "arm64", "2.0.0-r0", ""),
		l.descriptor(manifestType, attestation, `,"annotations":{"vnd.docker.reference.type":"attestation-manifest"}`))
	l["index.json"] = fmt.Sprintf(`{"schemaVersion":2,"manifests":[%s,%s]}`,
		l.descriptor(indexType, inner, `,"annotations":{"io.containerd.image.name":"docker.io/library/ledger:1.4.2"}`),
		l.descriptor(manifestType, strings.Replace(attestation, "{", `{"artifactType":"x",`, 1), ""))
	return l
}

// TestSeveralImages holds that each image of several can be named, or all of them be catalogued.
func TestSeveralImages(t *testing.T) {
	l := buildx(t)
	dir := writeFiles(t, l)
	archive := filepath.Join(writeFiles(t, map[string]string{"a.tar": packed(t, l)}), "a.tar")
	for _, at := range []string{dir, archive} {
		if _, stderr, code := runCatalog(t, at); code != 2 || !strings.Contains(stderr, "2 images are in it: choose one with --image: docker.io/library/ledger:1.4.2 linux/amd64 sha256:") {
			t.Errorf("exit code %d, stderr %q", code, stderr)
		}
		stdout, stderr, code := runCatalog(t, "--image", "linux/arm64", at)
		if got := components(t, stdout); code != 0 || !slices.Contains(got, "musl@2.0.0-r0") {
			t.Errorf("%v, stderr %q", got, stderr)
		}
		if _, stderr, code := runCatalog(t, "--image", "linux/s390x", at); code != 2 || !strings.Contains(stderr, "0 of its images") {
			t.Errorf("exit code %d, stderr %q", code, stderr)
		}
		stdout, stderr, code = runCatalog(t, "--each", "-o", "syft-json", at)
		if code != 0 {
			t.Fatal(stderr)
		}
		if got := versions(t, stdout); !slices.Equal(got, []string{"amd64 musl 1.0.0-r0", "arm64 musl 2.0.0-r0"}) {
			t.Errorf("%v", got)
		}
	}
}

func versions(t testing.TB, stdout string) []string {
	t.Helper()
	var found []string
	for dec := json.NewDecoder(strings.NewReader(stdout)); ; {
		var doc struct {
			Artifacts []struct{ Name, Version string }
			Source    struct {
				Metadata struct{ Architecture, ManifestDigest string }
			}
		}
		if err := dec.Decode(&doc); err == io.EOF {
			return found
		} else if err != nil {
			t.Fatal(err)
		}
		for _, a := range doc.Artifacts {
			found = append(found, doc.Source.Metadata.Architecture+" "+a.Name+" "+a.Version)
		}
	}
}

// TestAnotherBlob holds that a layout with a blob that is not what its name says is refused, and so is one without a blob.
func TestAnotherBlob(t *testing.T) {
	const of = "amd64"
	for part, want := range map[string]string{`"architecture":"amd64"`: "holds something else: its digest is ", "V:1.0.0-r0": "holds something else", "os-release": "is not in it (no such file or directory)"} {
		l := layoutBuilder{"oci-layout": `{"imageLayoutVersion":"1.0.0"}`}
		l["index.json"] = fmt.Sprintf(`{"schemaVersion":2,"manifests":[%s]}`, l.image(t, of, "1.0.0-r0", ""))
		for name, text := range l {
			switch {
			case !strings.HasPrefix(name, "blobs/") || !strings.Contains(text, part):
			case part == "os-release":
				delete(l, name)
			default:
				l[name] = strings.Replace(text, part, strings.ToUpper(part), 1)
			}
		}
		if stdout, stderr, code := runCatalog(t, writeFiles(t, l)); code != 2 || stdout != "" || !strings.Contains(stderr, want) || strings.Contains(stderr, "layout-") {
			t.Errorf("%s: exit code %d, stderr %q", part, code, stderr)
		}
	}
}

// TestSavedImages holds the same of docker save's first form, in which an image is found by its name.
func TestSavedImages(t *testing.T) {
	layers := []string{}
	for _, v := range []string{"1.0.0-r0", "2.0.0-r0"} {
		layers = append(layers, packed(t, map[string]string{"lib/apk/db/installed": strings.ReplaceAll(installed, "1.2.4-r1", v), "etc/os-release": "ID=alpine\nVERSION_ID=3.19\n"}))
	}
	files := map[string]string{"1.tar": layers[0], "2.tar": layers[1]}
	for i, layer := range layers {
		files[fmt.Sprintf("c%d.json", i)] = fmt.Sprintf(`{"os":"linux","architecture":"amd64","config":{},"rootfs":{"type":"layers","diff_ids":[%q]}}`, digest(layer))
	}
	files["manifest.json"] = `[{"Config":"c0.json","RepoTags":["ledger:1"],"Layers":["1.tar"]},{"Config":"c1.json","RepoTags":["ledger:2"],"Layers":["2.tar"]}]`
	dir := writeFiles(t, map[string]string{"a.tar": packed(t, files)})
	at := filepath.Join(dir, "a.tar")
	stdout, stderr, code := runCatalog(t, "--image", "ledger:2", at)
	if got := components(t, stdout); code != 0 || !slices.Contains(got, "musl@2.0.0-r0") {
		t.Errorf("%v, stderr %q", got, stderr)
	}
	stdout, stderr, _ = runCatalog(t, "--each", "-o", "syft-json", at)
	if got := versions(t, stdout); !slices.Equal(got, []string{"amd64 musl 1.0.0-r0", "amd64 musl 2.0.0-r0"}) {
		t.Errorf("%v, stderr %q", got, stderr)
	}
	files["manifest.json"] = strings.ReplaceAll(files["manifest.json"], `"ledger:2"`, "")
	at = filepath.Join(writeFiles(t, map[string]string{"a.tar": packed(t, files)}), "a.tar")
	if _, stderr, code := runCatalog(t, at); code != 2 || !strings.Contains(stderr, "has no name") {
		t.Errorf("exit code %d, stderr %q", code, stderr)
	}
}
