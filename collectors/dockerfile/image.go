package dockerfile

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"sallyport/internal/imageref"
)

// image resolves the argument of FROM, which sees the arguments before the first FROM only.
func (b *builder) image(name string) Image {
	img := Image{Name: name, Kind: "image", Stage: -1, Unknown: []string{}, Candidates: []int{}}
	img.BadDefault = b.badDefault(name)
	e := b.global.expand(name)
	full, standins := e.text, map[string]string(nil)
	if !e.known() {
		img.Kind = "unresolved"
		img.Unknown = sorted(e.unknown)
		full, standins = b.standIn(name, img.Unknown)
	}
	switch {
	case e.known() && full == "scratch":
		img.Kind = "scratch"
		img.User, img.UserKnown = "root", true
		return img
	case e.known():
		if i, ok := b.names[strings.ToLower(full)]; ok {
			// BuildKit keeps the names of stages in lower case and looks FROM's up as typed: with a capital it
			// takes it for an image's and fails. Other builders find the stage.
			img.BadDefault = img.BadDefault || full != strings.ToLower(full)
			img.Kind, img.Stage = "stage", i
			return img
		}
	}
	if !e.known() {
		img.Candidates = b.candidates(full, standins)
	}
	b.reference(&img, full)
	for _, s := range []*string{&img.Registry, &img.Repository, &img.Tag, &img.Digest} {
		for standin, typed := range standins {
			*s = strings.ReplaceAll(*s, standin, typed)
		}
	}
	img.Rust = rustOf(img.Registry, img.Repository, img.Tag)
	if !strings.Contains(img.Registry+img.Repository, "$") && len(img.Candidates) == 0 {
		img.User, img.UserKnown = b.known.bases.user(img.Registry, img.Repository, img.Tag)
	}
	return img
}

// standIn expands a word with a name of our own for every variable without a value, so that the parts
// that do not depend on them can still be read.
func (b *builder) standIn(word string, unknown []string) (string, map[string]string) {
	standins := make(map[string]string, len(unknown))
	b.global.standin = make(map[string]string, len(unknown))
	for i, name := range unknown {
		s := fmt.Sprintf("unknown%d.invalid", i)
		standins[s], b.global.standin[name] = "${"+name+"}", s
	}
	e := b.global.expand(word)
	b.global.standin = nil
	return e.text, standins
}

// candidates are the earlier stages that a name may mean, of which a part is not known:
// build-${TARGETARCH}.
func (b *builder) candidates(name string, standins map[string]string) []int {
	for s := range standins {
		name = strings.ReplaceAll(name, s, "*")
	}
	b.budget -= len(b.stages)
	found := []int{}
	for i, st := range b.stages {
		if ok, _ := path.Match(strings.ToLower(name), st.facts.Name); ok && st.facts.Name != "" {
			found = append(found, i)
		}
	}
	return found
}

// reference splits a reference into its parts.
func (b *builder) reference(img *Image, full string) {
	name, digest, hasDigest := strings.Cut(full, "@")
	ref, err := imageref.Parse(full)
	if err != nil && hasDigest && strings.Contains(digest, ".invalid") {
		ref, err = imageref.Parse(name)
		ref.Digest = digest
	}
	if err != nil {
		img.Kind = "unresolved"
		img.BadDefault = img.BadDefault || len(img.Unknown) == 0
		return
	}
	img.Registry, img.Repository, img.Tag, img.Digest = ref.Registry, ref.Repository, ref.Tag, ref.Digest
	if img.Tag == "" && img.Digest == "" {
		img.Tag = "latest"
	}
}

func sorted(list []string) []string {
	slices.Sort(list)
	return slices.Compact(list)
}

// builders are images that bring a Rust toolchain under another name than rust. Their tags say more than
// the version, and the version stands somewhere in them.
var builders = map[string]bool{
	"lukemathwalker/cargo-chef": true, "clux/muslrust": true, "messense/rust-musl-cross": true, "rust-cross/rust-musl-cross": true,
	"blackdex/rust-musl": true, "ekidd/rust-musl-builder": true, "joseluisq/rust-linux-darwin-builder": true,
}

// rustOf reads the toolchain out of a reference: rust from any registry, rustlang/rust, and the images
// in builders. Images for development containers version themselves, not their toolchain.
func rustOf(registry, repository, tag string) rustImage {
	last := repository[strings.LastIndexByte(repository, '/')+1:]
	if i := strings.LastIndexByte(last, '}'); i >= 0 {
		last = last[i+1:] // ${REGISTRY}rust
	}
	other := builders[repository]
	if last != "rust" && !other || strings.HasSuffix(repository, "devcontainers/rust") {
		return rustImage{}
	}
	img := rustImage{Toolchain: true, Version: version(tag)}
	if other {
		img.Version = versionWithin(repository, tag)
	}
	img.Exact = numbers(img.Version) == 3 || strings.Contains(img.Version, "-")
	return img
}

// versionWithin looks for the version in the tag of one of the builders: x86_64-musl-1.82.0. The number
// that a tag of cargo-chef begins with is its own.
func versionWithin(repository, tag string) string {
	if strings.HasSuffix(repository, "/cargo-chef") {
		_, tag, _ = strings.Cut(tag, "rust-")
		return version(tag)
	}
	best := ""
	for rest := tag; rest != ""; {
		if v := version(rest); v != "" && (best == "" || numbers(v) == 3 || strings.Contains(v, "-")) {
			best = v
		}
		_, rest, _ = strings.Cut(rest, "-")
	}
	return best
}

// version is the leading version or channel of a tag: "1.82.0" of 1.82.0-slim-bookworm.
func version(tag string) string {
	first, _, _ := strings.Cut(tag, "-")
	switch {
	case first == "nightly", first == "beta", first == "stable":
		if day := tag[len(first):]; dated(day) {
			return first + day[:len("-2024-10-17")]
		}
		return first
	case first != "" && first[0] >= '0' && first[0] <= '9':
		return first
	}
	return ""
}

// dated tells whether s begins with "-" and a date.
func dated(s string) bool {
	const like = "-2024-10-17"
	if len(s) < len(like) {
		return false
	}
	for i := range len(like) {
		digit := s[i] >= '0' && s[i] <= '9'
		if (like[i] == '-') != (s[i] == '-') || like[i] != '-' && !digit {
			return false
		}
	}
	return true
}

// numbers counts the numbers of a dotted version; 0 for anything else.
func numbers(v string) int {
	n := 0
	for p := range strings.SplitSeq(v, ".") {
		if p == "" || strings.Trim(p, "0123456789") != "" {
			return 0
		}
		n++
	}
	return n
}
