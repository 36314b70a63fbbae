package report

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"

	"sallyport/internal/finding"
)

const (
	// lineWidth is the width of source lines where there is no terminal to ask.
	lineWidth = 160
	// tabWidth is the distance of tab stops from the start of the line.
	tabWidth = 4
	// wrapMin is the narrowest column that text is wrapped to.
	wrapMin = 30
)

// source writes the line of a finding with carets under the place.
func (t *text) source(f *finding.Finding, gutter int, color sgr) {
	if f.Source == "" || f.Span.Line <= 0 {
		return
	}
	line, column, end := sourceOf(f)
	width := lineWidth
	if t.style.Width > 0 {
		width = max(t.style.Width-gutter-3, wrapMin)
	}
	before, place, after := clip(splitCells(line, column, end), width)
	fmt.Fprintf(t, "%s %s%s%s\n", t.paint(dim, fmt.Sprintf("%*d |", gutter, f.Span.Line)), before, place, after)
	carets := strings.Repeat(" ", displaywidth.String(before)) +
		t.paint(color, strings.Repeat("^", max(displaywidth.String(place), 1)))
	fmt.Fprintf(t, "%s %s\n", t.paint(dim, fmt.Sprintf("%*s |", gutter, "")), carets)
}

// A cellLine is a line as it is shown, code point by code point; cells from and up to belong to the
// place.
type cellLine struct {
	cells    []string
	from, to int
}

func splitCells(line string, column, end int) cellLine {
	cells := make([]string, 0, len(line))
	offset := 0 // in columns of the terminal
	for i := 0; i < len(line); {
		cell, n := cellAt(line, i)
		if line[i] == '\t' {
			cell = strings.Repeat(" ", tabWidth-offset%tabWidth)
		}
		cells = append(cells, cell)
		offset += displaywidth.String(cell)
		i += n
	}
	// A mark that combines with the character in front of the place cannot be shown apart from it.
	from := min(column-1, len(cells))
	to := min(max(end-1, from), len(cells))
	return cellLine{cells: cells, from: from, to: to}
}

// clip cuts a line to a width so that the start of the place stays in sight.
func clip(l cellLine, width int) (before, place, after string) {
	join := func(from, to int) string { return strings.Join(l.cells[from:to], "") }
	before, place, after = join(0, l.from), join(l.from, l.to), join(l.to, len(l.cells))
	if displaywidth.String(before+place+after) <= width {
		return before, place, after
	}
	place, cut := cutRight(place, width/2)
	if cut {
		after = ""
	}
	room := width - displaywidth.String(place)
	after, _ = cutRight(after, max(room-displaywidth.String(before), room/2))
	before = cutLeft(before, room-displaywidth.String(after))
	return before, place, after
}

// cutRight cuts the end of a text to a width, with a mark.
func cutRight(s string, width int) (string, bool) {
	if displaywidth.String(s) <= width {
		return s, false
	}
	return displaywidth.TruncateString(s, max(width, 1), "…"), true
}

// cutLeft cuts the start of a text to a width, with a mark.
func cutLeft(s string, width int) string {
	if displaywidth.String(s) <= width {
		return s
	}
	start, used := len(s), 1
	for start > 0 {
		_, n := utf8.DecodeLastRuneInString(s[:start])
		if used += displaywidth.String(s[start-n : start]); used > width {
			break
		}
		start -= n
	}
	return "…" + s[start:]
}

// wrap breaks a text at blanks into lines of a width; a width that is not above 0 leaves it whole.
func wrap(s string, width int) []string {
	if width <= 0 {
		return []string{s}
	}
	width = max(width, wrapMin)
	var lines []string
	var line strings.Builder
	used := 0
	for _, word := range strings.Split(s, " ") {
		n := displaywidth.String(word)
		if used > 0 && used+1+n > width {
			lines = append(lines, line.String())
			line.Reset()
			used = 0
		}
		if used > 0 {
			line.WriteByte(' ')
			used++
		}
		line.WriteString(word)
		used += n
	}
	return append(lines, line.String())
}
