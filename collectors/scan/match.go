package scan

import (
	"bytes"
	"encoding/json"
	"slices"
)

// formatOf tells whose report a text is by the names at the top of it; nil is nobody's. Both scanners
// write the names looked for first, also when a tool has sorted the keys.
func formatOf(head []byte) format {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	if len(head) == 0 || head[0] != '{' {
		return nil
	}
	switch names := topNames(head); {
	case has(names, "database", "lockfile", "settings", "vulnerabilities", "warnings") >= 2 &&
		(bytes.Contains(head, []byte(`"dependency-count":`)) || bytes.Contains(head, []byte(`"advisory-count":`))):
		return cargoAudit
	case has(names, "ArtifactName", "ArtifactType") == 2,
		has(names, "SchemaVersion") == 1 && has(names, "ArtifactName", "ArtifactType", "Metadata", "Results") > 0:
		return trivy
	}
	return nil
}

func has(names []string, wanted ...string) int {
	n := 0
	for _, name := range wanted {
		if slices.Contains(names, name) {
			n++
		}
	}
	return n
}

// topNames lists the keys of the outermost object as far as the text goes.
func topNames(head []byte) []string {
	var names []string
	dec := json.NewDecoder(bytes.NewReader(head))
	depth, key := 0, false
	for {
		token, err := dec.Token()
		if err != nil {
			return names
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
			if key {
				names = append(names, token)
			}
			key = depth == 1 && !key
		default:
			key = depth == 1
		}
	}
}
