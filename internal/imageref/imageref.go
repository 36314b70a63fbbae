// Package imageref takes references to container images apart, by the grammar of
// https://pkg.go.dev/github.com/distribution/reference. That library compiles its grammar at every start of
// the program, which costs more than reading a Dockerfile; the tests hold this package against it.
package imageref

import (
	"errors"
	"strings"
)

// A Reference is an image by its full name.
type Reference struct {
	// Registry is a host, perhaps with a port: docker.io where the text names none, "" where it names what
	// cannot be one.
	Registry string
	// Repository is the path in the registry; official images of Docker Hub have library/ in front.
	Repository string
	// Tag and Digest are "" where the text has none.
	Tag, Digest string
}

// maxRepository bounds a repository, in bytes.
const maxRepository = 255

// ErrInvalid says that a text is no reference.
var ErrInvalid = errors.New("no reference to an image")

// Parse takes a reference apart as docker reads it.
func Parse(text string) (Reference, error) {
	var r Reference
	rest, digest, hasDigest := strings.Cut(text, "@")
	name := rest
	slash := strings.LastIndexByte(name, '/')
	if colon := strings.LastIndexByte(name, ':'); colon > slash {
		name, r.Tag = name[:colon], name[colon+1:]
		if !validTag(r.Tag) {
			return Reference{}, ErrInvalid
		}
	}
	if hasDigest {
		if r.Digest = digest; !validDigest(digest) {
			return Reference{}, ErrInvalid
		}
	}
	r.Registry, r.Repository = "docker.io", name
	first, path, ok := strings.Cut(name, "/")
	if ok && (strings.ContainsAny(first, ".:") || first == "localhost" || strings.ToLower(first) != first) {
		r.Registry, r.Repository = first, path
	}
	if r.Registry == "index.docker.io" {
		r.Registry = "docker.io"
	}
	if r.Registry == "docker.io" && !strings.Contains(r.Repository, "/") {
		r.Repository = "library/" + r.Repository
	}
	if !validHost(r.Registry) {
		// As the grammar has it, what cannot be a host is part of the path.
		r.Registry, r.Repository = "", r.Registry+"/"+r.Repository
	}
	// What looks like the id of an image is none of its names.
	id := len(text) == 64 && only(text, lowerHex)
	if id || !validPath(r.Repository) || len(r.Repository) > maxRepository {
		return Reference{}, ErrInvalid
	}
	return r, nil
}

func lower(c byte) bool    { return c >= 'a' && c <= 'z' || digit(c) }
func digit(c byte) bool    { return c >= '0' && c <= '9' }
func alnum(c byte) bool    { return lower(c) || c >= 'A' && c <= 'Z' }
func lowerHex(c byte) bool { return digit(c) || c >= 'a' && c <= 'f' }
func hex(c byte) bool      { return lowerHex(c) || c >= 'A' && c <= 'F' }

func only(s string, is func(byte) bool) bool {
	for i := range len(s) {
		if !is(s[i]) {
			return false
		}
	}
	return s != ""
}

func validTag(s string) bool {
	return s != "" && len(s) <= 128 && s[0] != '.' && s[0] != '-' &&
		only(s, func(c byte) bool { return alnum(c) || c == '_' || c == '.' || c == '-' })
}

// validDigest accepts the algorithms that registries use, with as many digits as they have.
func validDigest(s string) bool {
	algorithm, sum, _ := strings.Cut(s, ":")
	length := map[string]int{"sha256": 64, "sha384": 96, "sha512": 128}[algorithm]
	return length > 0 && len(sum) == length && only(sum, lowerHex)
}

func validHost(s string) bool {
	if rest, ok := strings.CutPrefix(s, "["); ok { // an IPv6 address
		address, port, ok := strings.Cut(rest, "]")
		return ok && only(address, func(c byte) bool { return hex(c) || c == ':' }) &&
			(port == "" || port[0] == ':' && only(port[1:], digit))
	}
	host, port, hasPort := strings.Cut(s, ":")
	if hasPort && !only(port, digit) {
		return false
	}
	for label := range strings.SplitSeq(host, ".") {
		if label == "" || label[0] == '-' || label[len(label)-1] == '-' ||
			!only(label, func(c byte) bool { return alnum(c) || c == '-' }) {
			return false
		}
	}
	return true
}

func validPath(s string) bool {
	for part := range strings.SplitSeq(s, "/") {
		if !validPart(part) {
			return false
		}
	}
	return true
}

// validPart accepts runs of lower-case letters and digits with a separator between two: one dot, one or two
// underscores, or any number of hyphens.
func validPart(s string) bool {
	for i := 0; i < len(s); {
		start := i
		for i < len(s) && lower(s[i]) {
			i++
		}
		if i == start {
			return false
		}
		if i == len(s) {
			return true
		}
		separator := i
		for i < len(s) && s[i] == s[separator] {
			i++
		}
		switch n := i - separator; {
		case s[separator] == '-', s[separator] == '.' && n == 1, s[separator] == '_' && n <= 2:
		default:
			return false
		}
		if i == len(s) {
			return false
		}
	}
	return false
}
