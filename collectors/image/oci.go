package image

import (
	"errors"
	"fmt"
	"path"
	"strings"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/types"

	"sallyport/internal/fact"
)

const (
	// maxManifests bounds the manifests of a layout or an archive, and maxNested how deep indexes nest.
	maxManifests = 500
	maxNested    = 8
	// maxLayers bounds the layers of an image; overlay file systems take 128.
	maxLayers = 1000
)

// A layout is an OCI layout while it is read
// (https://github.com/opencontainers/image-spec/blob/main/image-layout.md).
type layout struct {
	*collection
	store  store
	dir    string // of a layout in a folder; parts are files then
	inside bool   // in an archive
	source string
	images []*candidate
	// attested counts the attestations of each digest.
	attested map[string]int
	missing  []string
	read     []string // the files of manifests, indexes and configurations
	seen     int
	errs     []error
}

// A descriptor leads to a blob.
type descriptor struct {
	node
	mediaType, digest string
	size              int
	annotations       map[string]string
}

func readDescriptor(n node) descriptor {
	return descriptor{
		node: n, mediaType: n.key("mediaType").text(), digest: n.key("digest").text(), size: n.key("size").number(),
		annotations: n.key("annotations").textMap(),
	}
}

// A lineage is how a manifest was come to.
type lineage struct {
	top     descriptor // in index.json
	digests []string   // of the indexes
	several bool       // one of the indexes has several images
}

// layout reads a layout that is a folder.
func (c *collection) layout() ([]fact.Document, error) {
	dir := path.Dir(c.path)
	l := &layout{collection: c, store: folder{c.fsys, dir}, dir: dir, source: "oci-layout", attested: map[string]int{}}
	return l.documents()
}

// read follows index.json to all images.
func (l *layout) documents() ([]fact.Document, error) {
	index, err := l.part("index.json")
	if err != nil {
		return nil, err
	}
	l.index(index, lineage{}, 0)
	return l.finish(index)
}

// finish reads the layers of what was found.
func (l *layout) finish(index node) ([]fact.Document, error) {
	l.errs = append(l.errs, index.from.errs...)
	if len(l.images) == 0 && len(l.errs) == 0 {
		if len(l.missing) > 0 {
			return nil, l.mistake("no image of the index is in it: "+strings.Join(l.missing, ", ")+" is missing", "write it again with the image's layers")
		}
		return nil, l.mistake("no image is in it", "write it again with the image")
	}
	for _, im := range l.images {
		im.facts.Attestations = l.attested[im.facts.Digest]
		im.files = append(im.files, l.read...)
	}
	docs, err := l.collection.read(l.store, l.images)
	return docs, errors.Join(append(l.errs, err)...)
}

// part parses a JSON part, with places where it is a file.
func (l *layout) part(name string) (node, error) {
	data, err := l.store.small(name)
	if err != nil {
		var known *fact.Error
		if errors.As(err, &known) {
			return node{}, err
		}
		return node{}, l.mistake(name+" "+err.Error(), "write the image again with the tool that made it")
	}
	return l.parsePart(name, data)
}

func (l *layout) parsePart(name string, data []byte) (node, error) {
	if l.inside {
		return parse(l.path, name, data)
	}
	return parse(path.Join(l.dir, name), "", data)
}

// blob reads a manifest, an index or a configuration and verifies it.
func (l *layout) blob(d descriptor) (node, error) {
	name, err := blobName(d.digest)
	if err != nil {
		return node{}, l.mistake(err.Error(), "write the image again with the tool that made it")
	}
	data, err := l.store.small(name)
	if errors.Is(err, errAbsent) {
		return node{}, errAbsent
	}
	if err != nil {
		return node{}, l.mistake(name+": "+err.Error(), "write the image again with the tool that made it")
	}
	h := hasherOf(d.digest)
	h.Write(data)
	if got := sum(h); got != d.digest {
		return node{}, l.mistake(fmt.Sprintf("blob %s holds other bytes than its digest says: they have the digest %s", d.digest, got),
			"do not trust the image: write it again from where it was built")
	}
	if !l.inside {
		l.read = append(l.read, path.Join(l.dir, name))
	}
	if d.size != len(data) {
		return node{}, l.mistake(fmt.Sprintf("blob %s has %d bytes, and its descriptor says %d", d.digest, len(data), d.size),
			"do not trust the image: write it again from where it was built")
	}
	return l.parsePart(name, data)
}

// blobName is where a layout keeps a blob.
func blobName(digest string) (string, error) {
	algorithm, hex, ok := strings.Cut(digest, ":")
	if _, err := v1.NewHash(digest); algorithm != "sha512" && err != nil || !ok ||
		algorithm == "sha512" && (len(hex) != 128 || strings.Trim(hex, "0123456789abcdef") != "") {
		return "", fmt.Errorf("%q is no digest that can be verified", digest)
	}
	return "blobs/" + algorithm + "/" + hex, nil
}

// index follows each descriptor of an index.
func (l *layout) index(n node, from lineage, depth int) {
	items := n.key("manifests").list()
	images := 0
	for _, item := range items {
		if d := readDescriptor(item); !attestation(d) {
			images++
		}
	}
	for _, item := range items {
		if l.seen++; l.seen > maxManifests {
			if l.seen == maxManifests+1 {
				l.errs = append(l.errs, l.mistake(fmt.Sprintf("more than %d manifests", maxManifests), "keep fewer images in one layout"))
			}
			return
		}
		d := readDescriptor(item)
		if attestation(d) {
			l.attested[d.annotations["vnd.docker.reference.digest"]]++
			continue
		}
		next := lineage{top: from.top, digests: append(from.digests[:len(from.digests):len(from.digests)], d.digest), several: from.several || depth > 0 && images > 1}
		if depth == 0 {
			next.top = d
		}
		l.follow(d, next, depth)
	}
}

func (l *layout) follow(d descriptor, from lineage, depth int) {
	if depth > maxNested {
		l.errs = append(l.errs, l.mistake(fmt.Sprintf("indexes nest deeper than %d", maxNested), "write the image again with the tool that made it"))
		return
	}
	n, err := l.blob(d)
	switch {
	case errors.Is(err, errAbsent):
		// docker save leaves the other platforms of an index out.
		l.missing = append(l.missing, d.digest)
		if depth == 0 {
			l.errs = append(l.errs, l.mistake(fmt.Sprintf("blob %s is not there", d.digest), "write the image again, with all of its blobs"))
		}
		return
	case err != nil:
		l.errs = append(l.errs, err)
		return
	}
	kind := d.mediaType
	if kind == "" {
		kind = n.key("mediaType").text()
	}
	if types.MediaType(kind).IsIndex() || kind == "" && !n.key("manifests").absent() {
		l.index(n, from, depth+1)
	} else if !artifact(n) {
		l.image(n, d, from)
	}
	l.errs = append(l.errs, n.from.errs...)
}

// attestation tells of manifests that BuildKit puts beside an image
// (https://docs.docker.com/build/metadata/attestations/attestation-storage/).
func attestation(d descriptor) bool {
	return d.annotations["vnd.docker.reference.type"] == "attestation-manifest"
}

// artifact tells of manifests that hold something else than an image, such as a signature.
func artifact(n node) bool {
	layers := n.key("layers").list()
	for _, layer := range layers {
		t := layer.key("mediaType").text()
		if t == "" || strings.HasPrefix(t, "application/vnd.oci.image.layer.") || strings.HasPrefix(t, "application/vnd.docker.image.rootfs.") {
			return false
		}
	}
	return len(layers) > 0 || n.key("config").absent()
}
