package scan

import "strconv"

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
