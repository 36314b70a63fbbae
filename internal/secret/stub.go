package secret

import "strings"

func variable(name, value string) []Hit {
	upper := strings.ToUpper(name)
	for _, word := range []string{"PASSWORD", "PASSWD", "SECRET", "TOKEN", "API_KEY", "PRIVATE_KEY", "CREDENTIAL"} {
		if strings.HasSuffix(upper, word) && value != "" && !strings.HasPrefix(value, "$") && !strings.HasPrefix(value, "/") {
			return []Hit{hit(value, "name")}
		}
	}
	return nil
}

// Find finds the secrets in free text such as a command line.
func Find(text string) []Hit {
	var hits []Hit
	for word := range strings.FieldsSeq(text) {
		if name, value, ok := strings.Cut(word, "="); ok {
			hits = append(hits, variable(name, value)...)
		}
	}
	return hits
}
