package dockerfile

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path"
	"strings"
)

// A Base is what is known about the images of a repository: an entry of policies/tables/base_images.
type Base struct {
	// Image is registry and repository: "docker.io/library/debian". A last element "*" stands for all
	// repositories below.
	Image string `json:"image"`
	// Tag is a pattern with * for the tags that the entry is about; "" is every tag.
	Tag string `json:"tag"`
	// User is the user of the image's configuration; "root" where it has none.
	User string `json:"user"`
	// Env are variables of the image's configuration that Dockerfiles use: APP_UID.
	Env map[string]string `json:"env"`
}

// ParseBases reads policies/tables/base_images/data.json: an object with the source and the date of the
// table, and the entries under "images". The first entry that fits an image counts.
func ParseBases(text []byte) ([]Base, error) {
	var table struct {
		Source string `json:"source"`
		Date   string `json:"date"`
		Images []Base `json:"images"`
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&table); err != nil {
		return nil, err
	}
	for i, b := range table.Images {
		if b.Image == "" || b.User == "" {
			return nil, fmt.Errorf("images[%d]: image and user are both needed", i)
		}
		if _, err := path.Match(b.Tag, ""); err != nil {
			return nil, fmt.Errorf("images[%d]: tag %q: %w", i, b.Tag, err)
		}
	}
	return table.Images, nil
}

// bases finds entries by image.
type bases struct {
	exact map[string][]Base
	below []Base // entries that end in "/*", without the star
}

func newBases(list []Base) *bases {
	b := &bases{exact: make(map[string][]Base, len(list))}
	for _, entry := range list {
		if prefix, ok := strings.CutSuffix(entry.Image, "*"); ok {
			entry.Image = prefix
			b.below = append(b.below, entry)
		} else {
			b.exact[entry.Image] = append(b.exact[entry.Image], entry)
		}
	}
	return b
}

// user is the default user of an image.
func (b *bases) user(registry, repository, tag string) (string, bool) {
	entry, ok := b.entry(registry, repository, tag)
	return entry.User, ok
}

// entry is what is known about an image. An official image that is served by a mirror under ".../library/name" is that
// official image.
func (b *bases) entry(registry, repository, tag string) (Base, bool) {
	image := registry + "/" + repository
	entries := b.exact[image]
	if entries == nil {
		if i := strings.LastIndex(image, "/library/"); i >= 0 {
			entries = b.exact["docker.io"+image[i:]]
		}
	}
	if entries == nil {
		for _, entry := range b.below {
			if strings.HasPrefix(image, entry.Image) {
				entries = append(entries, entry)
			}
		}
	}
	if strings.Contains(tag, "$") { // not known: all entries must agree
		for _, entry := range entries {
			if entry.User != entries[0].User {
				return Base{}, false
			}
		}
	}
	for _, entry := range entries {
		if ok, _ := path.Match(entry.Tag, tag); ok || entry.Tag == "" {
			return entry, true
		}
	}
	return Base{}, false
}
