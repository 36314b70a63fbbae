package dockerfile

import (
	"iter"
	"strings"
)

// getopt splits arguments as getopt_long(3) does: each option with its value, and with the name "" each
// other word. values are the options that take a value, as "-o" and "--output". Short options may stand
// together, and the last one may have its value attached.
func getopt(args []string, values map[string]bool) iter.Seq2[string, string] {
	return func(yield func(name, value string) bool) {
		for i := 0; i < len(args); i++ {
			a := args[i]
			next := func() (v string) {
				if i+1 < len(args) {
					i++
					v = args[i]
				}
				return v
			}
			switch {
			case a == "--":
				for _, word := range args[i+1:] {
					if !yield("", word) {
						return
					}
				}
				return
			case strings.HasPrefix(a, "--"):
				name, value, has := strings.Cut(a, "=")
				if !has && values[name] {
					value = next()
				}
				if !yield(name, value) {
					return
				}
			case len(a) > 1 && a[0] == '-':
				for j := 1; j < len(a); j++ {
					name, value := "-"+a[j:j+1], ""
					if values[name] {
						if value = a[j+1:]; value == "" {
							value = next()
						}
						j = len(a)
					}
					if !yield(name, value) {
						return
					}
				}
			default:
				if !yield("", a) {
					return
				}
			}
		}
	}
}
