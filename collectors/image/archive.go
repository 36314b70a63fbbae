package image

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/google/go-containerregistry/pkg/v1/types"

	"sallyport/internal/fact"
)

// archive reads an OCI archive or one of docker save; newer ones are both at once.
func (c *collection) archive() ([]fact.Document, error) {
	file, err := c.fsys.Open(c.path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	if info.Size() > c.opts.Size {
		return nil, c.mistake(fmt.Sprintf("larger than the limit of %d bytes for an image", c.opts.Size), "raise the limit with --max-image-size")
	}
	budget := &budget{left: c.opts.Size, size: c.opts.Size}
	s, err := c.open(file, info.Size(), budget)
	if err != nil {
		var limit *limitError
		if errors.As(err, &limit) {
			return nil, c.mistake("it "+limit.msg, "raise the limit with --max-image-size, if the image is yours")
		}
		return nil, c.mistake("the archive "+cannot(err).Error(), "write the image again: it may be truncated")
	}
	_, _, oci := s.find("index.json")
	_, _, docker := s.find("manifest.json")
	switch {
	case oci:
		l := &layout{collection: c, store: s, inside: true, source: "oci-archive", attested: map[string]int{}}
		if docker {
			l.source = "docker-archive"
		}
		return l.readArchive(docker)
	case docker:
		return c.docker(s)
	}
	return nil, c.mistake("neither index.json nor manifest.json is in the archive", "hand over what docker save or skopeo copy wrote")
}

// open lists an archive; one that is compressed as a whole is read from its start each time.
func (c *collection) open(file io.Reader, size int64, b *budget) (store, error) {
	at, ok := file.(io.ReaderAt)
	if !ok {
		return nil, errors.New("cannot be read at will")
	}
	_, compression, err := unpack(io.NewSectionReader(at, 0, size))
	if err != nil {
		return nil, err
	}
	if compression == "none" {
		return newTarball(c.ctx, at, size)
	}
	return newStream(c.ctx, func() (io.Reader, error) {
		stored := &meter{ctx: c.ctx, r: io.NewSectionReader(at, 0, size)}
		r, _, err := unpack(stored)
		b.left = b.size // each look at the archive is bounded by itself
		return &meter{ctx: c.ctx, r: r, budget: b, stored: stored}, err
	})
}

// readArchive reads the layout in an archive. docker save's manifest.json names the images a second time.
func (l *layout) readArchive(docker bool) ([]fact.Document, error) {
	index, err := l.part("index.json")
	if err != nil {
		return nil, err
	}
	l.index(index, lineage{}, 0)
	if docker {
		l.repoTags()
		for _, im := range l.images {
			// Docker without containerd makes a manifest of its own, with layers that are not compressed;
			// no registry knows its digest.
			if slices.ContainsFunc(im.facts.Layers, func(x Layer) bool { return uncompressed(x.MediaType) }) {
				im.facts.Digests = []string{}
			}
		}
	}
	return l.finish(index)
}

func uncompressed(mediaType string) bool {
	return mediaType == string(types.OCIUncompressedLayer) || mediaType == string(types.DockerUncompressedLayer)
}

// repoTags adds the names that docker save gives to the images of a layout.
func (l *layout) repoTags() {
	n, err := l.part("manifest.json")
	if err != nil {
		l.errs = append(l.errs, err)
		return
	}
	for _, item := range n.list() {
		config := digestIn(item.key("Config").text())
		for _, im := range l.images {
			if im.facts.ConfigDigest == config {
				for _, tag := range item.key("RepoTags").texts() {
					im.reference(tag)
				}
			}
		}
	}
	l.errs = append(l.errs, n.from.errs...)
}

// familiar drops what docker leaves out of the names that it shows.
func familiar(name string) string {
	return strings.TrimPrefix(strings.TrimPrefix(name, "docker.io/library/"), "docker.io/")
}

var hexName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[0-9a-f]{64}`) })

// digestIn is the digest that the name of a member states; "" where it states none.
func digestIn(name string) string {
	if hex := hexName().FindString(name); hex != "" {
		return "sha256:" + hex
	}
	return ""
}

// docker reads an archive of docker save in its first form: manifest.json, configurations, layer.tar files.
func (c *collection) docker(s store) ([]fact.Document, error) {
	data, err := s.small("manifest.json")
	if err != nil {
		return nil, c.mistake("manifest.json "+err.Error(), "write the image again with docker save")
	}
	n, err := parse(c.path, "manifest.json", data)
	if err != nil {
		return nil, err
	}
	var images []*candidate
	var errs []error
	items := n.list()
	if len(n.from.errs) > 0 {
		return nil, errors.Join(n.from.errs...)
	}
	if len(items) == 0 {
		return nil, c.mistake("manifest.json names no image", "write the image again with docker save")
	}
	if len(items) > maxManifests {
		return nil, c.mistake(fmt.Sprintf("more than %d images", maxManifests), "keep fewer images in one archive")
	}
	for _, item := range items {
		im, err := c.dockerImage(s, item)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		images = append(images, im)
	}
	docs, err := c.read(s, images)
	return docs, errors.Join(append(append(errs, n.from.errs...), err)...)
}

func (c *collection) dockerImage(s store, item node) (*candidate, error) {
	im := &candidate{builder: newBuilder(c.path, "docker-archive")}
	name := item.key("Config").text()
	data, err := s.small(cleanMember(name))
	if err != nil {
		return nil, c.mistake(fmt.Sprintf("the configuration %s %s", name, err), "write the image again with docker save")
	}
	h := hasherOf("")
	h.Write(data)
	im.facts.ConfigDigest = sum(h)
	if want := digestIn(name); want != "" && want != im.facts.ConfigDigest {
		return nil, c.mistake(fmt.Sprintf("the configuration %s holds other bytes than its name says: they have the digest %s", name, im.facts.ConfigDigest),
			"do not trust the image: write it again from where it was built")
	}
	config, err := parse(c.path, name, data)
	if err != nil {
		return nil, err
	}
	for _, tag := range item.key("RepoTags").texts() {
		im.reference(tag)
	}
	for i, layer := range item.key("Layers").texts() {
		if i == maxLayers {
			return nil, c.mistake(fmt.Sprintf("an image of more than %d layers", maxLayers), "")
		}
		real, _, ok := s.find(cleanMember(layer))
		l := Layer{}
		if !ok {
			real, l.Reason = "", "is not there"
			im.errs = append(im.errs, c.mistake(fmt.Sprintf("the layer %s is not there", layer), "write the image again with docker save"))
		}
		im.parts = append(im.parts, real)
		im.facts.Layers = append(im.facts.Layers, l)
	}
	im.configured(c, config)
	im.errs = append(im.errs, config.from.errs...)
	return im, nil
}
