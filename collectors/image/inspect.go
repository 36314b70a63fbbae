package image

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"sallyport/internal/fact"
)

// maxInspected bounds the images of one file.
const maxInspected = 1000

// inspected reads what docker and podman print about images: a list, or one of its objects.
func (c *collection) inspected(items []node) ([]fact.Document, error) {
	var docs []fact.Document
	var errs []error
	if len(items) == 0 {
		return nil, c.mistake("the list of images is empty", "run docker image inspect with an image that is there")
	}
	if len(items) > maxInspected {
		return nil, c.mistake(fmt.Sprintf("more than %d images", maxInspected), "split the file")
	}
	for _, n := range items {
		if _, ok := n.value.(map[string]any); !ok {
			errs = append(errs, c.mistake("an image that is no object", "write the file again with docker image inspect"))
			continue
		}
		b := newBuilder(c.path, "docker-inspect")
		b.at(n)
		b.inspect(n)
		docs = append(docs, b.document())
	}
	errs = append(errs, items[0].from.errs...)
	distinguish(docs)
	return docs, errors.Join(errs...)
}

func (b *builder) inspect(n node) {
	f := &b.facts
	podman := !n.key("NamesHistory").absent() || !n.key("Labels").absent()
	if podman {
		f.Source = "podman-inspect"
	}
	if n.key("Config").absent() {
		n.mistake("the image has no Config")
	}
	b.header(n)
	b.config(n.key("Config"))
	if podman && !f.Healthcheck.Set {
		b.healthcheck(n.key("HealthCheck"))
	}
	for _, name := range n.key("RepoTags").texts() {
		b.reference(name)
	}
	for _, name := range n.key("RepoDigests").texts() {
		b.reference(name)
		if _, digest, ok := strings.Cut(name, "@"); ok && digest != "<none>" {
			f.Digests = append(f.Digests, digest)
		}
	}
	b.at(n.key("RepoTags"), "references")
	b.identity(n)
	for i, l := range n.key("RootFS").key("Layers").list() {
		f.Layers = append(f.Layers, Layer{Name: l.text(), DiffID: l.text()})
		b.at(l, "layers", i)
	}
	if size := n.key("Size"); !size.absent() {
		f.Size = Size{Known: true, Unpacked: size.number()}
		b.at(size, "size")
	}
	b.history(n.key("History").list())
	b.leaks()
}

// identity tells the digests apart: Id is that of the configuration, unless docker keeps its images in
// containerd, which has a Descriptor of the manifest then.
func (b *builder) identity(n node) {
	f := &b.facts
	id := n.key("Id").text()
	if id != "" && !strings.Contains(id, ":") {
		id = "sha256:" + id // podman
	}
	manifest := n.key("Digest").text()
	if d := n.key("Descriptor"); !d.absent() {
		manifest = d.key("digest").text()
		f.MediaType = d.key("mediaType").text()
	}
	if id != manifest {
		f.ConfigDigest = id
	}
	if manifest != "" {
		f.Digest = manifest
		f.Digests = append(f.Digests, manifest)
		b.at(n.key("Digest"), "digest")
	}
	slices.Sort(f.Digests)
	f.Digests = slices.Compact(f.Digests)
	b.at(n.key("RepoDigests"), "digests")
	b.at(n.key("Id"), "config_digest")
	f.Base = baseOf(f.Labels, f.Annotations)
}

// bareConfig reads a configuration by itself, as skopeo inspect --config prints it.
func (c *collection) bareConfig(n node) ([]fact.Document, error) {
	b := newBuilder(c.path, "oci-config")
	b.at(n)
	b.bare(n)
	return []fact.Document{b.document()}, errors.Join(n.from.errs...)
}

// bare reads a configuration of the OCI or of docker's image format, all of it.
func (b *builder) bare(n node) {
	f := &b.facts
	b.header(n)
	b.config(n.key("config"))
	f.Base = baseOf(f.Labels, f.Annotations)
	if len(f.Layers) == 0 {
		for i, l := range n.key("rootfs").key("diff_ids").list() {
			f.Layers = append(f.Layers, Layer{Name: l.text(), DiffID: l.text()})
			b.at(l, "layers", i)
		}
	}
	b.history(n.key("history").list())
	b.leaks()
}

// The names of annotations that say what an image was built on
// (https://github.com/opencontainers/image-spec/blob/main/annotations.md).
const (
	baseName   = "org.opencontainers.image.base.name"
	baseDigest = "org.opencontainers.image.base.digest"
)

// baseOf reads them from the labels, and from the annotations where those say nothing.
func baseOf(labels, annotations map[string]string) Base {
	b := Base{Name: labels[baseName], Digest: labels[baseDigest]}
	if b.Name == "" {
		b.Name = annotations[baseName]
	}
	if b.Digest == "" {
		b.Digest = annotations[baseDigest]
	}
	return b
}

// distinguish gives the images of one file names of their own.
func distinguish(docs []fact.Document) {
	used := map[string]bool{}
	for i := range docs {
		image := docs[i].Facts.(Image)
		name := image.Name
		if used[name] {
			name = fmt.Sprintf("%s (%s)", image.Name, image.Platform)
		}
		for n, plain := 2, name; used[name]; n++ {
			name = fmt.Sprintf("%s #%d", plain, n)
		}
		used[name] = true
		docs[i].Name, image.Name = name, name
		docs[i].Facts = image
	}
}
