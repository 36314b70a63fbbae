package report

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/charmbracelet/x/term"
)

// Terminal returns the file behind a writer where it is a terminal, else nil.
func Terminal(w io.Writer) *os.File {
	if f, ok := w.(*os.File); ok && term.IsTerminal(f.Fd()) {
		return f
	}
	return nil
}

// styleOf follows https://no-color.org: a terminal gets colour unless somebody says no.
func styleOf(w io.Writer, plain bool) Style {
	f := Terminal(w)
	if f == nil {
		return Style{}
	}
	s := Style{Color: !plain && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"}
	if columns, _, err := term.GetSize(f.Fd()); err == nil {
		s.Width = columns
	}
	return s
}

// A Progress is one line of a terminal that says how far something has come. Nil is none, and safe to use.
type Progress struct {
	w     io.Writer
	mu    sync.Mutex
	last  time.Time
	shown bool
}

// NewProgress begins a line once something has taken longer than a delay; it is nil where there is no terminal.
func NewProgress(w io.Writer, delay time.Duration) *Progress {
	if Terminal(w) == nil {
		return nil
	}
	return &Progress{w: w, last: time.Now().Add(delay - between)}
}

// between is the time from one writing of the line to the next.
const between = 100 * time.Millisecond

// Say writes the line anew, unless it has just been written.
func (p *Progress) Say(format string, args ...any) {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if now := time.Now(); now.Sub(p.last) > between {
		p.last, p.shown = now, true
		fmt.Fprintf(p.w, erase+format, args...)
	}
}

// End takes the line away.
func (p *Progress) End() {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.shown {
		fmt.Fprint(p.w, erase)
	}
}

// erase goes to the beginning of the line and clears it.
const erase = "\r\x1b[K"
