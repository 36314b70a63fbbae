package sbom

import (
	"bytes"
	"encoding/json"
	"path"
	"regexp"
	"strings"
	"sync"
)

// names are those by convention of the formats
// (https://cyclonedx.org/specification/overview/#recognized-file-patterns, SPDX 2.3 §4.4).
var names = []string{".cdx.json", ".cdx.xml", ".spdx.json", ".syft.json", ".spdx", ".spdx3.json", ".spdx.yaml", ".spdx.yml", ".spdx.xml", ".spdx.rdf"}

// match goes by the names of the formats, and by the top of the text elsewhere.
func match(name string, head []byte) bool {
	name = strings.ToLower(path.Base(name))
	for _, suffix := range names {
		if strings.HasSuffix(name, suffix) {
			return true
		}
	}
	if name == "bom.json" || name == "bom.xml" {
		return true
	}
	return head != nil && headOf(head)
}

// notationOf is the first byte of a text that is no white space.
func notationOf(data []byte) byte {
	for _, c := range data {
		switch c {
		case ' ', '\t', '\r', '\n':
		default:
			return c
		}
	}
	return 0
}

var (
	xmlRoot = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`<([A-Za-z0-9_.-]+:)?bom[\s>][^>]*http://cyclonedx\.org/schema/bom/`)
	})
	tagLine = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?m)^SPDXVersion:[ \t]*SPDX-`)
	})
)

func headOf(head []byte) bool {
	head = bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
	switch notationOf(head) {
	case '{':
		return jsonHead(head)
	case '<':
		return bytes.Contains(head, []byte("cyclonedx.org/schema/bom")) && xmlRoot().Match(head) || unread("", head) != nil
	}
	if unread("", head) != nil {
		return true
	}
	return bytes.Contains(head, []byte("SPDXVersion:")) && tagLine().Match(head)
}

// jsonHead looks at the keys of the outermost object.
func jsonHead(head []byte) bool {
	if !bytes.Contains(head, []byte(`"bomFormat"`)) && !bytes.Contains(head, []byte(`"specVersion"`)) &&
		!bytes.Contains(head, []byte("spdx")) && !bytes.Contains(head, []byte("SPDX")) &&
		!bytes.Contains(head, []byte(`"artifacts"`)) && !bytes.Contains(head, []byte("cyclonedx")) {
		return false
	}
	top := topOf(head)
	schema, _ := top["$schema"].(string)
	_, spdxID := top["SPDXID"]
	_, spdxVersion := top["spdxVersion"]
	_, format := top["bomFormat"]
	_, spec := top["specVersion"]
	_, artifacts := top["artifacts"]
	switch {
	case format, spdxVersion, spdxID, jsonLD(top):
		return true
	case spec:
		return has(top, "serialNumber", "components", "metadata", "version") && !has(top, "openapi", "asyncapi")
	case strings.Contains(schema, "cyclonedx.org/schema/bom"):
		return true
	}
	return artifacts && (bytes.Contains(head, []byte(`"foundBy"`)) || has(top, "artifactRelationships"))
}

// jsonLD tells of SPDX 3, whose context has an address of its own.
func jsonLD(top map[string]any) bool {
	switch context := top["@context"].(type) {
	case string:
		return strings.Contains(context, "spdx.org/rdf/3")
	case []any:
		for _, c := range context {
			if text, ok := c.(string); ok && strings.Contains(text, "spdx.org/rdf/3") {
				return true
			}
		}
	}
	return false
}

// topOf reads the keys of the outermost object, and their texts, as far as the head goes.
func topOf(head []byte) map[string]any {
	top := map[string]any{}
	dec := json.NewDecoder(bytes.NewReader(head))
	depth, key, name := 0, false, ""
	for {
		token, err := dec.Token()
		if err != nil {
			return top
		}
		switch token := token.(type) {
		case json.Delim:
			if token == '{' || token == '[' {
				depth++
			} else {
				depth--
			}
			key = depth == 1
		case string:
			switch {
			case depth == 1 && key:
				name, key = token, false
				top[name] = nil
			default:
				if text, _ := top[name].(string); text == "" && depth <= 2 {
					top[name] = token
				}
				key = depth == 1
			}
		default:
			key = depth == 1
		}
	}
}
