package gate

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"regexp"
	"strings"
	"sync"

	"sallyport/internal/finding"
)

// Fingerprints gives each finding its fingerprint: rule, path of the document, logical place and evidence. It
// holds no line, no tag and no digest, so it survives reformatting and a new image. Findings that would
// still be alike are told apart by their messages, and those with equal messages by their order.
func Fingerprints(found []finding.Finding) {
	groups := map[string][]int{}
	for i := range found {
		base := base(&found[i])
		groups[base] = append(groups[base], i)
	}
	for key, members := range groups {
		seen := map[string]int{}
		for _, i := range members {
			k := key
			if len(members) > 1 {
				k += "\x00" + unversioned(found[i].Message)
				seen[k]++
				k += strings.Repeat("\x00", seen[k]-1)
			}
			sum := sha256.Sum256([]byte(k))
			found[i].Fingerprint = hex.EncodeToString(sum[:16])
		}
	}
}

func base(f *finding.Finding) string {
	return strings.Join([]string{f.Rule.Name, f.Document.Path, f.Logical, evidence(f.Value)}, "\x00")
}

// Identity is the same for the same violation in two versions of one document, and differs where the message says more than another
// tag or digest. It needs the fingerprint.
func Identity(f *finding.Finding) string { return f.Fingerprint + " " + unversioned(f.Message) }

// evidence is the fact at the place where it is a plain value; a collection is its own place.
func evidence(value []byte) string {
	if len(value) == 0 || value[0] == '{' || value[0] == '[' {
		return ""
	}
	var v any
	if json.Unmarshal(value, &v) != nil {
		return ""
	}
	switch v := v.(type) {
	case string:
		return unversioned(v)
	case bool, float64:
		return string(value)
	}
	return ""
}

// The patterns compile when first used: a start without findings needs none of them.
var (
	digest = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`@?sha(256|512):[0-9a-f]{8,128}`) })
	// An image reference with a tag: path segments, then a colon and a tag.
	// What goes on with a slash is a host and its port.
	tagged = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`((?:[a-z0-9][a-z0-9._-]*(?::[0-9]+)?/)*[a-z][a-z0-9._-]*)(:[A-Za-z0-9_][A-Za-z0-9._-]*)(/?)`)
	})
)

// unversioned takes digests and image tags out of a text.
func unversioned(s string) string {
	if !strings.Contains(s, ":") { // as every digest and tag does
		return s
	}
	return tagged().ReplaceAllStringFunc(digest().ReplaceAllString(s, ""), func(ref string) string {
		m := tagged().FindStringSubmatch(ref)
		if m[3] != "" {
			return ref
		}
		return m[1]
	})
}
