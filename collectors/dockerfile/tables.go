package dockerfile

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
)

// Tables are what is known about images and distributions beyond the files: policies/tables.
type Tables struct {
	// Bases are the default users of images: base_images.
	Bases []Base
	// Systems are what is in images: base_systems.
	Systems Systems
	// Support is how long releases of distributions are supported: eol.
	Support []Support
}

// Systems says what is in images.
type Systems struct {
	Releases []release     `json:"releases"`
	Images   []imageSystem `json:"images"`
}

// A release is one release of a distribution.
type release struct {
	Distribution string `json:"distribution"`
	Version      string `json:"version"`
	// Names are the words in tags that mean the release: "bookworm".
	Names []string `json:"names"`
	// Libc is the C library with its version: "glibc 2.36", "musl".
	Libc           string `json:"libc"`
	PackageManager string `json:"package_manager"`
}

// An imageSystem is what is in the images of a repository whose tags fit a pattern.
type imageSystem struct {
	// Image and Tag are patterns as those of Base.
	Image string `json:"image"`
	Tag   string `json:"tag"`
	// System is distribution and version: "debian:12".
	System string `json:"system"`
	// Release is the distribution where the tag, or a word in it, names the version.
	Release string `json:"release"`
	// Latest is the version of the distribution under tags that name none; "" where that changes too often.
	Latest string `json:"latest"`
	// Since are pairs "1.90 13": the version of the software in the image, and that of the distribution
	// from there on; the highest comes first. Without the second half it is not known.
	Since []string `json:"since"`
	// Words is true where a word of the tag may name the release of the distribution: "1.82-bookworm".
	Words bool `json:"words"`
	// Libc, Shell, PackageManager and Toolchain are as in the facts; they overrule those of the release.
	Libc           string `json:"libc"`
	Shell          string `json:"shell"`
	PackageManager string `json:"package_manager"`
	Toolchain      string `json:"toolchain"`
	// Programs are those that a health check may want, among curl, wget, nc and git; nil where it is not known.
	Programs []string `json:"programs"`
}

// Support is how long a release of a distribution is supported.
type Support struct {
	Distribution string `json:"distribution"`
	Version      string `json:"version"`
	// End is the last day of the support that everybody gets, and Extended that of free long-term support.
	End      string `json:"end"`
	Extended string `json:"extended"`
}

// ReadTables reads base_images, base_systems and eol from the folder policies/tables.
func ReadTables(tables fs.FS) (*Tables, error) {
	text, err := fs.ReadFile(tables, "base_images/data.json")
	if err != nil {
		return nil, err
	}
	var t Tables
	if t.Bases, err = ParseBases(text); err != nil {
		return nil, fmt.Errorf("base_images: %w", err)
	}
	var systems struct {
		Source string `json:"source"`
		Date   string `json:"date"`
		Systems
	}
	if err := read(tables, "base_systems", &systems); err != nil {
		return nil, err
	}
	t.Systems = systems.Systems
	for i, e := range t.Systems.Images {
		if _, err := path.Match(e.Tag, ""); err != nil || e.Image == "" {
			return nil, fmt.Errorf("base_systems: images[%d]: %q and %q are no patterns", i, e.Image, e.Tag)
		}
	}
	var support struct {
		Source   string            `json:"source"`
		Date     string            `json:"date"`
		Sources  map[string]string `json:"sources"`
		Releases []Support         `json:"releases"`
	}
	if err := read(tables, "eol", &support); err != nil {
		return nil, err
	}
	t.Support = support.Releases
	return &t, nil
}

func read(tables fs.FS, name string, into any) error {
	text, err := fs.ReadFile(tables, name+"/data.json")
	if err != nil {
		return err
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}
