package dockerfile

import (
	"net/mail"
	"net/url"
	"strings"
	"time"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"

	"sallyport/internal/spdx"
)

// noteLabels notes the pairs of LABEL.
func (s *stageBuilder) noteLabels(in *instruction, c *instructions.LabelCommand) {
	for i, kv := range c.Labels {
		s.legacyPair(in, kv)
		key, value := s.scope.expand(kv.Key), s.scope.expand(kv.Value)
		e := s.b.env(key.text, value.text)
		l := label{Name: key.text, Value: e.Value, Known: value.known(), Problem: keyProblem(key.text), Formats: []string{}}
		if !key.known() {
			l.Problem = "characters"
		}
		if l.Known {
			l.Formats = formats(value.text)
		}
		s.facts.Labelled = append(s.facts.Labelled, l)
		s.at.labelled = append(s.at.labelled, pair(in, i))
	}
}

// keyProblem holds a label's key against Docker's recommendations
// (https://docs.docker.com/engine/manage-resources/labels/#key-format-recommendations).
func keyProblem(key string) string {
	for _, reserved := range [...]string{"com.docker.", "io.docker.", "org.dockerproject."} {
		if strings.HasPrefix(key, reserved) {
			return "reserved"
		}
	}
	inner := func(c byte) bool { return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' }
	for i := range len(key) {
		if !inner(key[i]) && key[i] != '.' && key[i] != '-' {
			return "characters"
		}
		if i > 0 && !inner(key[i]) && !inner(key[i-1]) {
			return "separators"
		}
	}
	if key == "" || key[0] < 'a' || !inner(key[len(key)-1]) {
		return "ends"
	}
	return ""
}

// formats are those that a label's value has.
func formats(value string) []string {
	list := []string{}
	for _, f := range [...]struct {
		name string
		part string // of every value of the format: an error of a parser costs more than most values are worth
		has  func(string) bool
	}{
		{"rfc3339", ":", func(v string) bool { _, err := time.Parse(time.RFC3339, v); return err == nil }},
		{"url", "//", func(v string) bool { u, err := url.Parse(v); return err == nil && u.Scheme != "" && u.Host != "" }},
		{"spdx", "", spdx.Valid},
		{"git_hash", "", func(v string) bool {
			return len(v) >= 7 && len(v) <= 64 && strings.Trim(v, "0123456789abcdef") == ""
		}},
		{"semver", ".", semver},
		{"email", "@", func(v string) bool { a, err := mail.ParseAddress(v); return err == nil && a.Address != "" }},
	} {
		if len(value) <= 1024 && strings.Contains(value, f.part) && f.has(value) {
			list = append(list, f.name)
		}
	}
	return list
}

// semver tells a semantic version (https://semver.org/#spec-item-2): three numbers, and what may follow.
func semver(v string) bool {
	v, build, hasBuild := strings.Cut(v, "+")
	core, pre, hasPre := strings.Cut(v, "-")
	return numbers(core) == 3 && (!hasPre || identifiers(pre)) && (!hasBuild || identifiers(build))
}

func identifiers(s string) bool {
	for part := range strings.SplitSeq(s, ".") {
		for i := range len(part) {
			if c := part[i]; !nameByte(c) && c != '-' || c == '_' {
				return false
			}
		}
		if part == "" {
			return false
		}
	}
	return true
}
