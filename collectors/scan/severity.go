package scan

import (
	"strconv"
	"strings"

	gocvss20 "github.com/pandatix/go-cvss/20"
	gocvss30 "github.com/pandatix/go-cvss/30"
	gocvss31 "github.com/pandatix/go-cvss/31"
	gocvss40 "github.com/pandatix/go-cvss/40"
)

// cvssSeverity rates a CVSS vector by the qualitative scale of its specification; a vector that is
// absent or not understood is "unknown", which is not the same as harmless.
func cvssSeverity(vector string) string {
	rating := ""
	switch {
	case strings.HasPrefix(vector, "CVSS:4.0/"):
		if v, err := gocvss40.ParseVector(vector); err == nil {
			rating, _ = gocvss40.Rating(v.Score())
		}
	case strings.HasPrefix(vector, "CVSS:3.1/"):
		if v, err := gocvss31.ParseVector(vector); err == nil {
			rating, _ = gocvss31.Rating(v.BaseScore())
		}
	case strings.HasPrefix(vector, "CVSS:3.0/"):
		if v, err := gocvss30.ParseVector(vector); err == nil {
			rating, _ = gocvss30.Rating(v.BaseScore())
		}
	default:
		// CVSS 2.0 has no scale of its own; the one of 3.1 is what databases apply to it.
		if v, err := gocvss20.ParseVector(vector); err == nil {
			rating, _ = gocvss31.Rating(v.BaseScore())
		}
	}
	return severity(rating)
}

func severity(word string) string {
	switch word = strings.ToLower(word); word {
	case "low", "medium", "high", "critical", "none":
		return word
	case "negligible":
		return "low"
	}
	return "unknown"
}

// Names makes the names of a list unique; each name has the number that it was given last.
type names map[string]int

// of returns the name, or the name with a number where it is taken.
func (n names) of(name string) string {
	last := n[name]
	if last == 0 {
		n[name] = 1
		return name
	}
	for {
		last++
		unique := name + "#" + strconv.Itoa(last)
		if n[unique] == 0 {
			n[name], n[unique] = last, 1
			return unique
		}
	}
}
