package finding

import "unicode/utf8"

// excerptMax bounds the source line of a finding, in code points; excerptBefore is what it keeps in front
// of the place. A minified file is one line of any length, and every report repeats the line per finding.
const (
	excerptMax    = 1000
	excerptBefore = 200
)

// Excerpt cuts a line around the columns of a finding and returns them as they are in the text that is
// left. Columns count code points from 1; end is the column after the last character. What was cut off
// shows as "…". A line that is short enough comes back as it is.
func Excerpt(line string, column, end int) (text string, newColumn, newEnd int) {
	if len(line) <= excerptMax {
		return line, column, end
	}
	total := utf8.RuneCountInString(line)
	if total <= excerptMax {
		return line, column, end
	}
	column = min(column, total+1)
	first := max(column-1-excerptBefore, 0) // code points cut off in front
	start := skip(line, first)
	if rest := utf8.RuneCountInString(line[start:]); rest < excerptMax-2 {
		first -= excerptMax - 2 - rest
		start = skip(line, first)
	}
	stop := start + skip(line[start:], excerptMax-2)
	text = line[start:stop]
	shift := 0
	if start > 0 {
		text = "…" + text
		shift = 1 - first
	}
	if stop < len(line) {
		text += "…"
	}
	last := utf8.RuneCountInString(text) + 1
	return text, min(column+shift, last), min(end+shift, last)
}

// skip returns the offset of code point n, or the length of s where it is shorter.
func skip(s string, n int) int {
	for i := range s {
		if n <= 0 {
			return i
		}
		n--
	}
	return len(s)
}
