package shell

import (
	"strings"

	"mvdan.cc/sh/v3/expand"
	"mvdan.cc/sh/v3/syntax"
)

// output is what a statement prints, where that is plain: echo, printf and cat.
func (r *tracer) output(s *syntax.Stmt) Arg {
	unknown := Arg{Unknown: "what " + clip(r.sourceOf(s)) + " prints"}
	call, ok := s.Cmd.(*syntax.CallExpr)
	if !ok || len(call.Args) == 0 {
		return unknown
	}
	words := r.args(call.Args)
	if !known(words) {
		return unknown
	}
	var texts []string
	for _, w := range words[1:] {
		texts = append(texts, w.Text)
	}
	switch words[0].Text {
	case "echo":
		end := "\n"
		for len(texts) > 0 && (texts[0] == "-n" || texts[0] == "-e" || texts[0] == "-ne" || texts[0] == "-en") {
			if strings.Contains(texts[0], "n") {
				end = ""
			}
			if strings.Contains(texts[0], "e") && strings.Contains(strings.Join(texts, ""), `\`) {
				return unknown
			}
			texts = texts[1:]
		}
		return Arg{Text: strings.Join(texts, " ") + end}
	case "printf":
		if len(texts) == 0 {
			return unknown
		}
		out, _, err := expand.Format(r.config(), texts[0], texts[1:])
		if err != nil {
			return unknown
		}
		return Arg{Text: out}
	case "cat":
		input, file := r.input, r.inputFile
		defer func() { r.input, r.inputFile = input, file }()
		r.redirects(s.Redirs)
		if len(texts) == 1 && texts[0] != "-" {
			r.inputFile = texts[0]
		}
		return r.read(unknown)
	}
	return unknown
}

func (r *tracer) hasInput() bool { return r.inputFile != "" || r.input != (Arg{}) }

// line is read(1p): it takes a line into variables, where the lines are known.
func (r *tracer) line(c *syntax.CallExpr, words []Arg) Status {
	var names []string
	for _, w := range words[1:] {
		if w.Unknown == "" && syntax.ValidName(w.Text) {
			names = append(names, w.Text)
		}
	}
	if r.lines == nil {
		for _, name := range names {
			r.forget(name, "what is read into "+name)
		}
		return Maybe
	}
	rest := *r.lines
	if len(rest) == 0 || rest[0] == "" {
		return Failed
	}
	text := strings.TrimSuffix(rest[0], "\n")
	*r.lines = rest[1:]
	separators := " \t"
	for _, a := range c.Assigns {
		if a.Name.Value == "IFS" {
			separators = r.one(a.Value).Text
		}
	}
	for i, name := range names {
		value := strings.TrimLeft(text, separators)
		if i < len(names)-1 {
			if at := strings.IndexAny(value, separators); at >= 0 {
				value, text = value[:at], value[at+1:]
			} else {
				text = ""
			}
		} else {
			value = strings.TrimRight(value, separators)
		}
		r.set(name, value)
	}
	return Done
}

// read is the input that is open.
func (r *tracer) read(unknown Arg) Arg {
	if r.inputFile == "" {
		if r.input == (Arg{}) {
			return unknown
		}
		return r.input
	}
	if text, ok := r.files[r.inputFile]; ok {
		return text
	}
	if r.Open != nil {
		if text, ok := r.Open(r.inputFile); ok {
			return Arg{Text: text}
		}
	}
	return unknown
}

// redirects opens the input of a statement, and names the file that it writes.
func (r *tracer) redirects(list []*syntax.Redirect) (out string, appends bool) {
	for _, d := range list {
		switch d.Op {
		case syntax.RdrIn:
			file := r.one(d.Word)
			r.input, r.inputFile, r.inputAt = Arg{Unknown: file.Unknown}, file.Text, 0
		case syntax.Hdoc, syntax.DashHdoc:
			r.input, r.inputFile = r.document(d), ""
			if r.inputAt = 0; d.Hdoc != nil {
				r.inputAt = int(d.Hdoc.Pos().Offset())
			}
		case syntax.WordHdoc:
			r.input, r.inputFile, r.inputAt = r.one(d.Word), "", 0
			r.input.Text += "\n"
		case syntax.RdrAll, syntax.AppAll:
			r.silent = r.silent || d.Word.Lit() == "/dev/null"
		case syntax.RdrOut, syntax.AppOut, syntax.RdrClob:
			r.silent = r.silent || d.N != nil && d.N.Value == "2" && d.Word.Lit() == "/dev/null"
			if d.N == nil || d.N.Value == "1" {
				file := r.one(d.Word)
				out, appends = file.Text, d.Op == syntax.AppOut
			}
		}
	}
	if strings.HasPrefix(out, "/dev/") {
		out = ""
	}
	return out, appends
}

func (r *tracer) document(d *syntax.Redirect) Arg {
	if d.Hdoc == nil {
		return Arg{}
	}
	if why := r.doubtful(d.Hdoc); why != "" {
		return Arg{Unknown: why}
	}
	text, err := expand.Document(r.config(), d.Hdoc)
	if err != nil {
		return Arg{Unknown: "a here-document"}
	}
	if d.Op == syntax.DashHdoc {
		lines := strings.SplitAfter(text, "\n")
		for i, l := range lines {
			lines[i] = strings.TrimLeft(l, "\t")
		}
		text = strings.Join(lines, "")
	}
	return Arg{Text: text}
}
