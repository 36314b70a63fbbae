package workflow

import (
	"os"
	"strings"

	"sallyport/internal/fact"
	"sallyport/internal/imageref"
	"sallyport/internal/secret"
)

// container reads an image with what stands beside it: a text, or a mapping with "image" (GitHub) or "name"
// (GitLab).
func (r *reader) container(path fact.Path, name string, n node, sc scope) container {
	c := container{Name: name, Env: []secret.Env{}}
	if n.absent() {
		return c
	}
	image := imageOf(n)
	r.places.set(path, n)
	r.places.set(at(path, "reference"), image)
	c.Reference = image.text()
	if options := sc.options(image, c.Reference); len(options) == 1 {
		c.Reference = options[0].text
	}
	c.Repository, c.Tag, c.Digest, c.Known = parseImage(c.Reference)
	c.Options = n.key("options").text()
	vars := r.variables(n.key("env"))
	vars = append(vars, r.variables(n.key("variables"))...)
	if credentials := n.key("credentials"); credentials.isMap() {
		vars = append(vars, r.variables(credentials)...)
	}
	known := sc.known
	if sc.service {
		known = passwords([]service{{vars: vars}})
	}
	c.Env = r.judge(at(path, "env"), vars, known)
	return c
}

// parseImage reads a reference; known is false where it has a variable in it, or is none.
func parseImage(text string) (repository, tag, digest string, known bool) {
	if text == "" || strings.ContainsAny(text, "$ ") {
		return "", "", "", false
	}
	ref, err := imageref.Parse(strings.TrimPrefix(text, "docker://"))
	if err != nil {
		return "", "", "", false
	}
	if tag = ref.Tag; tag == "" && ref.Digest == "" {
		tag = "latest"
	}
	return ref.Registry + "/" + ref.Repository, tag, ref.Digest, true
}

// imageOf is the text with the image: the node, or a field of it.
func imageOf(n node) node {
	if !n.isMap() {
		return n
	}
	if image := n.key("image"); !image.absent() {
		return image
	}
	return n.key("name")
}

// substitute puts known variables into a text as GitLab does, $NAME and ${NAME}, and turns those of the
// matrix into expressions (https://docs.gitlab.com/ci/variables/where_variables_can_be_used/).
func (s scope) substitute(text string) string {
	for range maxExpansions {
		next := os.Expand(text, func(name string) string {
			if _, ok := s.matrix[name]; ok {
				return "\x00{{ matrix." + name + " }}"
			}
			if value, ok := s.env[name]; ok && len(value) < maxValue {
				return value
			}
			return "${" + name + "}"
		})
		if next == text || len(next) > maxValue {
			break
		}
		text = next
	}
	return strings.ReplaceAll(text, "\x00", "$")
}

const (
	maxExpansions = 5
	maxValue      = 4096
)
