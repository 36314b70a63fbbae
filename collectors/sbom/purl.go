package sbom

import (
	"net/url"
	"strings"
)

// splitPurl returns the type and the namespace of a package URL (https://github.com/package-url/purl-spec); "" for
// what is none.
func splitPurl(purl string) (kind, namespace string) {
	p, ok := parsePurl(purl)
	if !ok {
		return "", ""
	}
	return p.kind, p.namespace
}

type packageURL struct {
	kind, namespace, name, version, qualifiers, subpath string
}

// qualifier is the value of one of them; "" where it is not there.
func (p packageURL) qualifier(name string) string {
	for part := range strings.SplitSeq(p.qualifiers, "&") {
		if key, value, _ := strings.Cut(part, "="); key == name {
			return unescaped(value)
		}
	}
	return ""
}

func parsePurl(purl string) (p packageURL, ok bool) {
	rest, ok := strings.CutPrefix(purl, "pkg:")
	if !ok {
		return p, false
	}
	rest, p.subpath, _ = strings.Cut(rest, "#")
	rest, p.qualifiers, _ = strings.Cut(rest, "?")
	rest = strings.Trim(rest, "/")
	if i := strings.LastIndexByte(rest, '@'); i > strings.LastIndexByte(rest, '/') {
		rest, p.version = rest[:i], unescaped(rest[i+1:])
	}
	kind, rest, ok := strings.Cut(rest, "/")
	if !ok || kind == "" || rest == "" {
		return p, false
	}
	p.kind = strings.ToLower(kind)
	if i := strings.LastIndexByte(rest, '/'); i >= 0 {
		p.namespace, rest = unescaped(rest[:i]), rest[i+1:]
	}
	p.name = unescaped(rest)
	return p, true
}

func unescaped(text string) string {
	if strings.IndexByte(text, '%') < 0 {
		return text
	}
	if plain, err := url.PathUnescape(text); err == nil {
		return plain
	}
	return text
}
