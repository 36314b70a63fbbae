package shell

import (
	"strconv"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// call runs a simple command: an assignment, a builtin, a function, or a program.
func (r *tracer) call(c *syntax.CallExpr) Status {
	if len(c.Args) == 0 {
		status := Done
		for _, a := range c.Assigns {
			r.assign(a)
			if r.lost[a.Name.Value] != "" {
				status = Maybe
			}
		}
		return status
	}
	words := r.args(c.Args)
	for len(words) > 1 && words[0].Unknown == "" && prefix(words[0].Text) {
		words = words[1:]
		for len(words) > 1 && words[0].Unknown == "" && strings.HasPrefix(words[0].Text, "-") {
			words = words[1:]
		}
	}
	if len(words) == 0 {
		return Done
	}
	if words[0].Unknown == "" {
		if body := r.functions[words[0].Text]; body != nil {
			return r.function(body, words[1:])
		}
		if words[0].Text == "read" {
			return r.line(c, words)
		}
		if status, ok := r.builtin(words); ok {
			return status
		}
	}
	return r.Run(Call{Args: words, InputFile: r.file(), Input: r.input, InputOffset: r.inputAt, Guarded: r.guarded || r.silent, Doubt: r.doubt, Offset: int(c.Pos().Offset()), End: int(c.End().Offset()), Source: r.source})
}

// file is the file that the input comes from, unless the script itself wrote it.
func (r *tracer) file() string {
	if text, ok := r.files[r.inputFile]; ok && r.inputFile != "" {
		r.input, r.inputFile, r.inputAt = text, "", 0
	}
	return r.inputFile
}

// prefix tells of words that run the words after them.
func prefix(name string) bool {
	switch name {
	case "sudo", "exec", "command", "nohup", "nice", "builtin", "doas":
		return true
	}
	return false
}

// function calls a function with parameters of its own.
func (r *tracer) function(body *syntax.Stmt, words []Arg) Status {
	if r.depth >= maxFunctions {
		return Maybe
	}
	r.depth++
	params, doubt := r.params, r.doubt
	r.params = nil
	for i, w := range words {
		if w.Unknown != "" {
			r.lost[strconv.Itoa(i+1)] = w.Unknown
		} else {
			delete(r.lost, strconv.Itoa(i+1))
		}
		r.params = append(r.params, w.Text)
	}
	status := r.stmt(body)
	for i := range words {
		delete(r.lost, strconv.Itoa(i+1))
	}
	r.params, r.leave, r.doubt = params, false, doubt
	r.depth--
	return status
}

// builtin does what the shell does itself, as far as it matters to what is run.
func (r *tracer) builtin(words []Arg) (Status, bool) {
	switch words[0].Text {
	case ":", "true", "echo", "printf", "trap", "cd", "umask", "ulimit", "wait", "export", "readonly", "local", "declare", "typeset", "alias", "hash", "sleep":
		return Done, true
	case "false":
		return Failed, true
	case "exit":
		r.stop = true
		return Done, true
	case "return":
		r.leave = true
		if len(words) > 1 && words[1].Text != "0" {
			return Failed, true
		}
		return Done, true
	case "break":
		r.loop = 'b'
		return Done, true
	case "continue":
		r.loop = 'c'
		return Done, true
	case "shift":
		n := 1
		if len(words) > 1 {
			n, _ = strconv.Atoi(words[1].Text)
		}
		if n < 0 || n > len(r.params) {
			return Failed, true
		}
		r.params = r.params[n:]
		return Done, true
	case "unset":
		for _, w := range words[1:] {
			delete(r.vars, w.Text)
			delete(r.functions, w.Text)
		}
		return Done, true
	case "set":
		r.options(words[1:])
		return Done, true
	case "[", "test":
		return r.judge(words[1:]), true
	case ".", "source":
		return r.sourced(words), true
	}
	return Done, false
}

func (r *tracer) options(words []Arg) {
	for i, w := range words {
		switch {
		case w.Text == "--":
			r.params = nil
			for _, p := range words[i+1:] {
				r.params = append(r.params, p.Text)
			}
			return
		case w.Text == "errexit" && i > 0:
			r.errexit = words[i-1].Text == "-o"
		case strings.HasPrefix(w.Text, "-") && strings.Contains(w.Text, "e"):
			r.errexit = true
		case strings.HasPrefix(w.Text, "+") && strings.Contains(w.Text, "e"):
			r.errexit = false
		}
	}
}

// sourced walks through another file.
func (r *tracer) sourced(words []Arg) Status {
	if len(words) < 2 || words[1].Unknown != "" || r.Open == nil || r.sources >= maxSources {
		return Maybe
	}
	text, ok := r.Open(words[1].Text)
	if !ok {
		return Maybe
	}
	f, err := parseText(text)
	if err != nil {
		return Maybe
	}
	old, source := r.text, r.source
	r.text, r.source = text, words[1].Text
	r.sources++
	status := r.list(f.Stmts)
	r.sources--
	r.text, r.source = old, source
	return status
}
