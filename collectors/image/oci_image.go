package image

import (
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/google/go-containerregistry/pkg/v1/types"
)

// image makes a candidate of a manifest.
func (l *layout) image(n node, d descriptor, from lineage) {
	b := newBuilder(l.path, l.source)
	if !l.inside {
		b.facts.Path = path.Join(l.dir, "index.json")
		b.at(from.top.node)
		b.at(from.top.key("annotations"), "references")
		b.at(from.top.key("digest"), "digest")
	}
	f := &b.facts
	f.Digest, f.MediaType, f.Digests = d.digest, d.mediaType, append(f.Digests, from.digests...)
	for k, v := range from.top.annotations {
		f.Annotations[k] = v
	}
	for k, v := range n.key("annotations").textMap() {
		f.Annotations[k] = v
	}
	b.annotated(from.top.annotations)
	c := &candidate{builder: b}
	for i, item := range n.key("layers").list() {
		if i == maxLayers {
			l.errs = append(l.errs, l.mistake(fmt.Sprintf("manifest %s has more than %d layers", d.digest, maxLayers), ""))
			return
		}
		c.layer(l, readDescriptor(item))
		b.at(item, "layers", i)
	}
	if !l.configure(c, readDescriptor(n.key("config"))) {
		return
	}
	c.several = from.several
	l.images = append(l.images, c)
}

// layer adds a layer by its descriptor.
func (c *candidate) layer(l *layout, d descriptor) {
	layer := Layer{Name: d.digest, Digest: d.digest, MediaType: d.mediaType, Size: d.size}
	part := ""
	name, err := blobName(d.digest)
	if layer.Reason = layerOf(d.mediaType); layer.Reason == "" && err != nil {
		layer.Reason = "has no digest that can be verified"
	}
	if layer.Reason == "" {
		real, size, ok := l.store.find(name)
		switch {
		case !ok && !types.MediaType(d.mediaType).IsDistributable():
			layer.Reason = "is kept elsewhere (a foreign layer)"
		case !ok:
			layer.Reason = "is not there"
			l.errs = append(l.errs, l.mistake(fmt.Sprintf("blob %s is not there", d.digest), "write the image again, with all of its blobs"))
		case size != int64(d.size):
			layer.Reason = "has another size than its descriptor says"
			l.errs = append(l.errs, l.mistake(fmt.Sprintf("blob %s has %d bytes, and its descriptor says %d", d.digest, size, d.size),
				"do not trust the image: write it again from where it was built"))
		default:
			part = real
			if !l.inside {
				c.files = append(c.files, path.Join(l.dir, real))
			}
		}
	}
	c.parts = append(c.parts, part)
	c.facts.Layers = append(c.facts.Layers, layer)
}

// configure reads the configuration; without it there is nothing to judge.
func (l *layout) configure(c *candidate, d descriptor) bool {
	n, err := l.blob(d)
	if errors.Is(err, errAbsent) {
		err = l.mistake(fmt.Sprintf("blob %s is not there", d.digest), "write the image again, with all of its blobs")
	}
	if err != nil {
		l.errs = append(l.errs, err)
		return false
	}
	c.facts.ConfigDigest = d.digest
	if !l.inside {
		c.files = append(c.files, c.facts.Path)
	}
	c.configured(l.collection, n)
	l.errs = append(l.errs, n.from.errs...)
	return true
}

// configured takes the configuration and gives each layer its diff id.
func (c *candidate) configured(col *collection, n node) {
	ids := n.key("rootfs").key("diff_ids").texts()
	if len(ids) != len(c.facts.Layers) {
		c.errs = append(c.errs, col.mistake(fmt.Sprintf("the image has %d layers, and its configuration speaks of %d", len(c.facts.Layers), len(ids)),
			"do not trust the image: write it again from where it was built"))
	}
	for i := range min(len(ids), len(c.facts.Layers)) {
		layer := &c.facts.Layers[i]
		layer.DiffID = ids[i]
		if layer.Name == "" {
			layer.Name = ids[i]
		}
	}
	c.bare(n)
}

// annotated takes the names that tools write into index.json.
func (b *builder) annotated(annotations map[string]string) {
	if name := annotations["io.containerd.image.name"]; name != "" {
		b.reference(name)
		return
	}
	name := annotations["org.opencontainers.image.ref.name"]
	if name != "" && !strings.ContainsAny(name, ":/@") {
		b.facts.References = append(b.facts.References, Reference{Name: name, Tag: name})
		return
	}
	b.reference(name)
}
