package shell

import (
	"strconv"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// redirect takes the redirections of a statement.
func (r *reader) redirect(list []*syntax.Redirect) {
	all := make([]Redirect, 0, len(list)+len(r.redirects))
	for _, d := range list {
		t := Redirect{Op: d.Op.String(), FD: descriptor(d)}
		if d.Word != nil {
			t.Target = r.word(d.Word).text()
		}
		if d.Op == syntax.DplOut && d.N == nil && t.Target != "-" && strings.Trim(t.Target, "0123456789") != "" {
			t.Op, t.FD = "&>", -1 // bash's older form
		}
		switch {
		case d.Hdoc != nil:
			r.body = r.document(d.Hdoc)
			r.input = r.body
		case d.Op == syntax.WordHdoc:
			r.input = t.Target
		}
		all = append(all, t)
	}
	if len(r.redirects)+len(all) < maxRedirects {
		all = append(all, r.redirects...)
	}
	r.redirects = all
}

// descriptor is what a redirection changes.
func descriptor(d *syntax.Redirect) int {
	if d.N != nil {
		if n, err := strconv.Atoi(d.N.Value); err == nil {
			return n
		}
	}
	switch d.Op {
	case syntax.RdrAll, syntax.AppAll:
		return -1
	case syntax.RdrOut, syntax.AppOut, syntax.DplOut, syntax.RdrClob:
		return 1
	}
	return 0
}

// output is the file that standard output goes to.
func output(list []Redirect) string {
	for _, d := range list {
		if d.FD < 0 || d.FD == 1 && d.Op != ">&" {
			return d.Target
		}
	}
	return ""
}

// document is the body of a here-document as it was typed.
func (r *reader) document(w *syntax.Word) string {
	var b strings.Builder
	for _, p := range w.Parts {
		if lit, ok := p.(*syntax.Lit); ok {
			b.WriteString(lit.Value)
		} else {
			b.WriteString(r.source(p))
		}
	}
	return b.String()
}
