// Package token writes and reads text that is quick to read: numbers, and strings after their length. It is
// what the plans of the built-in rules are kept in: a diff shows what changed, and reading copies nothing.
package token

import (
	"errors"
	"strconv"
)

// A Writer appends tokens to Text.
type Writer struct{ Text []byte }

// Int writes a number.
func (w *Writer) Int(n int) { w.Text = append(strconv.AppendInt(w.Text, int64(n), 10), ' ') }

// Bool writes 0 or 1.
func (w *Writer) Bool(b bool) {
	n := 0
	if b {
		n = 1
	}
	w.Int(n)
}

// String writes a string after its length in bytes.
func (w *Writer) String(s string) {
	w.Text = append(strconv.AppendInt(w.Text, int64(len(s)), 10), ':')
	w.Text = append(append(w.Text, s...), ' ')
}

// Strings writes a list.
func (w *Writer) Strings(list []string) {
	w.Int(len(list))
	for _, s := range list {
		w.String(s)
	}
}

// Line ends a line, which means nothing to a Reader.
func (w *Writer) Line() { w.Text[len(w.Text)-1] = '\n' }

// A Reader takes tokens off a text. After the first mistake every token is zero, and Err says so.
type Reader struct {
	text string
	at   int
	err  error
}

var errToken = errors.New("no such token")

// NewReader reads a text from its start.
func NewReader(text string) *Reader { return &Reader{text: text} }

// Rest is what has not been read.
func (r *Reader) Rest() string { return r.text[r.at:] }

// Err is the first mistake in the text.
func (r *Reader) Err() error { return r.err }

// Fail makes the text a mistake from here on.
func (r *Reader) Fail() {
	if r.err == nil {
		r.err = errToken
	}
	r.at = len(r.text)
}

// number reads digits and the byte behind them.
func (r *Reader) number(end byte) int {
	text, at := r.text, r.at
	negative := at < len(text) && text[at] == '-'
	if negative {
		at++
	}
	start, n := at, 0
	for at < len(text) && text[at]-'0' <= 9 {
		n = n*10 + int(text[at]-'0')
		at++
	}
	if at == start || at-start > 18 || at == len(text) || text[at] != end && (end != ' ' || text[at] != '\n') {
		r.Fail()
		return 0
	}
	r.at = at + 1
	if negative {
		return -n
	}
	return n
}

// Int reads a number.
func (r *Reader) Int() int { return r.number(' ') }

// Bool reads 0 or 1.
func (r *Reader) Bool() bool { return r.Int() == 1 }

// Count reads the length of a list, which has no more elements than the text has bytes.
func (r *Reader) Count() int {
	n := r.Int()
	if n < 0 || n > len(r.text)-r.at {
		r.Fail()
		return 0
	}
	return n
}

// String reads a string, which shares the memory of the text.
func (r *Reader) String() string {
	n := r.number(':')
	if n < 0 || n >= len(r.text)-r.at {
		r.Fail()
		return ""
	}
	s := r.text[r.at:][:n]
	r.at += n + 1
	return s
}

// Strings reads a list.
func (r *Reader) Strings() []string {
	list := make([]string, r.Count())
	for i := range list {
		list[i] = r.String()
	}
	return list
}
