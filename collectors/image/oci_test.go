package image

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sallyport/internal/fact"
	"sallyport/internal/imagepack"
)

var app = imagepack.File{Name: "app 0755", Data: []byte("x")}

func TestPlatforms(t *testing.T) {
	l := newLayout()
	amd, arm := l.image(t, "amd64", app), l.image(t, "arm64", app)
	attestation := with(l.json(ociManifest, map[string]any{"schemaVersion": 2}),
		"vnd.docker.reference.type", "attestation-manifest", "vnd.docker.reference.digest", digestOf(amd))
	absent := map[string]any{"mediaType": ociManifest, "digest": "sha256:" + strings.Repeat("0", 64), "size": 7}
	inner := l.json(ociIndex, map[string]any{"schemaVersion": 2, "manifests": []any{amd, arm, attestation, absent}})
	signature := with(l.json(ociManifest, map[string]any{
		"schemaVersion": 2, "config": amd, "layers": []any{map[string]any{"mediaType": "application/vnd.dev.cosign.simplesigning.v1+json", "digest": "x", "size": 1}},
	}), "org.opencontainers.image.ref.name", "sha256-x.sig")
	l.index(with(inner, "io.containerd.image.name", "docker.io/library/ledger:1.4.2", "org.opencontainers.image.ref.name", "1.4.2"), signature)

	docs, err := collect(t, l.under("img"), "img/oci-layout")
	if err != nil || len(docs) != 2 {
		t.Fatalf("%d documents, %v", len(docs), err)
	}
	var got []string
	for _, d := range docs {
		im := d.Facts.(Image)
		got = append(got, fmt.Sprint(d.Path, " ", d.Name, " ", im.Platform.Architecture, " ", im.Attestations, " ", im.Files.Known, " ", im.User.Value,
			" ", im.Digests[0] == digestOf(inner), " ", slices.Contains(im.Digests, im.Digest)))
	}
	want := []string{
		"img/index.json ledger:1.4.2 (linux/amd64) amd64 1 true 10001 true true",
		"img/index.json ledger:1.4.2 (linux/arm64) arm64 0 true 10001 true true",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if n := len(docs[0].Files); n < 5 {
		t.Errorf("the document is of %d files", n)
	}
	config := docs[0].Facts.(Image).ConfigDigest
	if at := docs[0].Locate(fact.Path{"user"}); at.File != "img/blobs/sha256/"+config[7:] || at.Line != 1 || at.Column < 2 {
		t.Errorf("the user is at %+v", at)
	}
	if at := docs[0].Locate(fact.Path{"layers", 0}); at.File == "" || at.Line != 1 {
		t.Errorf("the layer is at %+v", at)
	}
	if at := docs[0].Locate(fact.Path{"files", "setuid", 0}); at.File != "" || at.Line != 3 {
		t.Errorf("a file is at %+v", at)
	}
}

func TestReferences(t *testing.T) {
	for _, c := range []struct {
		annotations []string
		want        string
	}{
		{nil, "linux/amd64"},
		{[]string{"org.opencontainers.image.ref.name", "1.4.2"}, "1.4.2"},
		{[]string{"org.opencontainers.image.ref.name", "ledger:1.4.2"}, "ledger:1.4.2"},
		{[]string{"org.opencontainers.image.ref.name", "docker.io/me/ledger:1"}, "me/ledger:1"},
		{[]string{"org.opencontainers.image.ref.name", "no reference:!"}, "no reference:!"},
	} {
		l := newLayout()
		l.index(with(l.image(t, "amd64", app), c.annotations...))
		docs, err := collect(t, map[string][]byte{"a.tar": archiveOf(t, l)}, "a.tar")
		if err != nil || len(docs) != 1 || docs[0].Name != c.want {
			t.Errorf("%v: %v %v", c.annotations, docs, err)
		}
	}
}

// What the layers of a media type hold is not known, and that is said.
func TestUnreadableLayers(t *testing.T) {
	for mediaType, want := range map[string]string{
		ociGzip + "+encrypted": "is encrypted",
		"application/vnd.oci.image.layer.nondistributable.v1.tar+gzip": "is kept elsewhere (a foreign layer)",
		"application/vnd.docker.image.rootfs.foreign.diff.tar.gzip":    "is kept elsewhere (a foreign layer)",
		"application/vnd.oci.image.layer.v1.squashfs":                  "has the media type application/vnd.oci.image.layer.v1.squashfs, which is none of a layer",
	} {
		l := newLayout()
		config := l.json(ociConfig, map[string]any{"os": "linux", "config": map[string]any{"User": "app"}, "rootfs": map[string]any{"diff_ids": []string{"sha256:1"}}})
		l.index(l.json(ociManifest, map[string]any{"config": config, "layers": []any{
			map[string]any{"mediaType": mediaType, "digest": "sha256:" + strings.Repeat("a", 64), "size": 3},
		}}))
		docs, err := collect(t, l.under("img"), "img/oci-layout")
		if err != nil || len(docs) != 1 {
			t.Fatalf("%s: %d documents, %v", mediaType, len(docs), err)
		}
		im := docs[0].Facts.(Image)
		if im.Layers[0].Read || im.Layers[0].Reason != want || im.Files.Known || im.Program.Known {
			t.Errorf("%s: %+v", mediaType, im.Layers[0])
		}
	}
}
