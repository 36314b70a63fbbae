// Package suggest finds the name that somebody meant.
package suggest

import (
	"slices"

	"github.com/agnivade/levenshtein"
)

// Nearest returns the name that takes the fewest edits to reach, the first in the alphabet of several; "" where there is none.
func Nearest(word string, names []string) string {
	if len(names) == 0 {
		return ""
	}
	return slices.MinFunc(slices.Sorted(slices.Values(names)), func(a, b string) int {
		return levenshtein.ComputeDistance(word, a) - levenshtein.ComputeDistance(word, b)
	})
}

// Distance is the number of edits between two words.
func Distance(a, b string) int { return levenshtein.ComputeDistance(a, b) }
