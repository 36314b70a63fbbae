// Package cvss rates vectors of the Common Vulnerability Scoring System, versions 2.0 to 4.0.
package cvss

import (
	"strings"

	gocvss20 "github.com/pandatix/go-cvss/20"
	gocvss30 "github.com/pandatix/go-cvss/30"
	gocvss31 "github.com/pandatix/go-cvss/31"
	gocvss40 "github.com/pandatix/go-cvss/40"
)

// Rate returns the score of a vector, 0.0 to 10.0, and its word in the qualitative scale of the
// specification: "none", "low", "medium", "high", "critical". A vector that is absent or not understood is
// "unknown", which is not the same as harmless. CVSS 2.0 has no scale of its own; the one of 3.1 is what
// databases apply to it.
func Rate(vector string) (score float64, severity string) {
	var err error
	switch {
	case strings.HasPrefix(vector, "CVSS:4.0/"):
		var v *gocvss40.CVSS40
		if v, err = gocvss40.ParseVector(vector); err == nil {
			score = v.Score()
		}
	case strings.HasPrefix(vector, "CVSS:3.1/"):
		var v *gocvss31.CVSS31
		if v, err = gocvss31.ParseVector(vector); err == nil {
			score = v.BaseScore()
		}
	case strings.HasPrefix(vector, "CVSS:3.0/"):
		var v *gocvss30.CVSS30
		if v, err = gocvss30.ParseVector(vector); err == nil {
			score = v.BaseScore()
		}
	default:
		var v *gocvss20.CVSS20
		if v, err = gocvss20.ParseVector(vector); err == nil {
			score = v.BaseScore()
		}
	}
	if err != nil {
		return 0, Word("")
	}
	word, _ := gocvss31.Rating(score)
	return score, Word(word)
}

// Word writes a rating as the specification does, in lower case; "negligible", which distributions use, is
// "low", and any other word is "unknown".
func Word(word string) string {
	switch word = strings.ToLower(word); word {
	case "low", "medium", "high", "critical", "none":
		return word
	case "negligible":
		return "low"
	case "moderate":
		return "medium"
	}
	return "unknown"
}
