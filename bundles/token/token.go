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

// A Reader takes tokens off Text. After the first mistake every token is zero, and Err says so.
type Reader struct {
	Text string
	Err  error
}

var errToken = errors.New("no such token")

func (r *Reader) digits() (n int, negative bool) {
	text, i := r.Text, 0
	if len(text) > 0 && text[0] == '-' {
		i, negative = 1, true
	}
	start := i
	for i < len(text) && text[i]-'0' <= 9 {
		n = n*10 + int(text[i]-'0')
		i++
	}
	if i == start || i > 18 {
		r.fail()
		return 0, false
	}
	r.Text = text[i:]
	return n, negative
}

func (r *Reader) fail() {
	if r.Err == nil {
		r.Err = errToken
	}
	r.Text = ""
}

func (r *Reader) separator(c byte) {
	if len(r.Text) == 0 || r.Text[0] != c && (c != ' ' || r.Text[0] != '\n') {
		r.fail()
		return
	}
	r.Text = r.Text[1:]
}

// Int reads a number.
func (r *Reader) Int() int {
	n, negative := r.digits()
	r.separator(' ')
	if negative {
		return -n
	}
	return n
}

// Bool reads 0 or 1.
func (r *Reader) Bool() bool { return r.Int() == 1 }

// Count reads the length of a list, which has no more elements than the text has bytes.
func (r *Reader) Count() int {
	n := r.Int()
	if n < 0 || n > len(r.Text) {
		r.fail()
		return 0
	}
	return n
}

// String reads a string, which shares the memory of the text.
func (r *Reader) String() string {
	n, negative := r.digits()
	r.separator(':')
	if negative || n > len(r.Text) {
		r.fail()
		return ""
	}
	s := r.Text[:n]
	r.Text = r.Text[n:]
	r.separator(' ')
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
