package gate

import (
	"bytes"
	"io/fs"
	"strings"
	"unicode/utf8"

	"sallyport/internal/finding"
)

// A lineReader gives lines of files, each file read once.
type lineReader struct {
	fsys   fs.FS
	file   string
	text   []byte
	starts []int // the offset of each line
	line   longLine
}

// around is how much of a line is looked at on each side of a place, in code points: more than any excerpt.
const around = 2000

// short is the line that a place begins in, unless it is long.
func (l *lineReader) short(p finding.Place) string {
	if !l.read(p.File, p.Span.Line) || len(l.line.text) > around {
		return ""
	}
	return l.line.text
}

// masked returns the line of a place with secrets masked, and the place's columns in it. Of a long line it
// looks at the surroundings of the place alone: a report may be one line of megabytes with a place in it
// for each of thousands of findings. Where the surroundings are cut, as much as may be a part of a secret is left out.
func (l *lineReader) masked(p finding.Place, m masker) (text string, column, end int) {
	if p.Line != "" {
		l.line = newLongLine(0, p.Line)
	} else if !l.read(p.File, p.Span.Line) {
		return "", 0, 0
	}
	column = max(p.Span.Column, 1)
	end = p.Span.EndColumn
	if p.Span.EndLine > p.Span.Line || end < column {
		end = column + around
	}
	if m.of == nil && len(l.line.text) <= around {
		n := utf8.RuneCountInString(l.line.text) + 1
		column = min(column, n)
		return finding.Excerpt(l.line.text, column, min(end, n))
	}
	return l.excerpt(column, end, m)
}

// excerpt masks the surroundings of a place, and shows these.
func (l *lineReader) excerpt(column, end int, m masker) (string, int, int) {
	mask, longest := m.of, m.longest
	if mask == nil {
		mask = func(s string) string { return s }
	}
	from := l.line.offset(column - 1)
	to := l.line.offset(min(end, column+around) - 1)
	left := l.line.offset(max(column-1-around-longest, 0))
	right := l.line.offset(min(end, column+around) - 1 + around + longest)
	whole := l.line.text
	// Mask each part, so that the columns can be counted again; a secret that crosses the parts is masked
	// in the whole, and then the columns are given up.
	before, middle, after := mask(whole[left:from]), mask(whole[from:to]), mask(whole[to:right])
	if all := mask(whole[left:right]); mask(before+middle+after) != before+middle+after || len(all) != len(before+middle+after) {
		before, middle, after = "", all, ""
	}
	if left > 0 {
		before, middle = trimStart(before, middle, longest)
	}
	if right < len(whole) {
		after, middle = trimEnd(after, middle, longest)
	}
	column = utf8.RuneCountInString(before) + 1
	return finding.Excerpt(before+middle+after, column, column+utf8.RuneCountInString(middle))
}

// trimStart leaves out the first n bytes of before, or of middle where there is no before.
func trimStart(before, middle string, n int) (string, string) {
	if before != "" {
		return "…" + cut(before, n), middle
	}
	return "…", cut(middle, n)
}

func trimEnd(after, middle string, n int) (string, string) {
	if after != "" {
		return strings.ToValidUTF8(after[:max(len(after)-n, 0)], "") + "…", middle
	}
	return "…", strings.ToValidUTF8(middle[:max(len(middle)-n, 0)], "")
}

func cut(s string, n int) string { return strings.ToValidUTF8(s[min(n, len(s)):], "") }

// read makes a line the current one.
func (l *lineReader) read(file string, n int) bool {
	if l.file != file || l.starts == nil {
		text, err := fs.ReadFile(l.fsys, file)
		if err != nil || bytes.IndexByte(text, 0) >= 0 {
			return false // an archive has no lines to show
		}
		l.file, l.text, l.line = file, bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")), longLine{}
		l.starts = append(make([]int, 0, bytes.Count(l.text, []byte("\n"))+1), 0)
		for at, i := 0, 0; i >= 0; at += i + 1 {
			if i = bytes.IndexByte(l.text[at:], '\n'); i >= 0 {
				l.starts = append(l.starts, at+i+1)
			}
		}
	}
	if n < 1 || n > len(l.starts) {
		return false
	}
	if l.line.number != n {
		line, _, _ := bytes.Cut(l.text[l.starts[n-1]:], []byte("\n"))
		l.line = newLongLine(n, strings.ToValidUTF8(strings.TrimSuffix(string(line), "\r"), "\uFFFD"))
	}
	return true
}

// A longLine finds code points in a line without counting from its start each time.
type longLine struct {
	number int
	text   string
	// marks are the offsets of every markEvery-th code point.
	marks []int
}

const markEvery = 1024

var oneMark = []int{0}

func newLongLine(number int, text string) longLine {
	if len(text) <= markEvery {
		return longLine{number, text, oneMark}
	}
	l := longLine{number: number, text: text}
	n := 0
	for i := range text {
		if n%markEvery == 0 {
			l.marks = append(l.marks, i)
		}
		n++
	}
	return l
}

// offset is where code point n begins, or the length of the line where it is shorter.
func (l longLine) offset(n int) int {
	mark := n / markEvery
	if mark >= len(l.marks) {
		return len(l.text)
	}
	start := l.marks[mark]
	left := n % markEvery
	for i := range l.text[start:] {
		if left == 0 {
			return start + i
		}
		left--
	}
	return len(l.text)
}
