package shell

import (
	"strconv"
	"strings"

	"mvdan.cc/sh/v3/expand"
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
	case "read":
		for _, w := range words[1:] {
			if w.Unknown == "" && syntax.ValidName(w.Text) {
				r.forget(w.Text, "what is read into "+w.Text)
			}
		}
		return Maybe, true
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

// judge is test(1) where its words are known and it asks about them, not about files.
func (r *tracer) judge(words []Arg) Status {
	if n := len(words); n > 0 && words[n-1].Text == "]" {
		words = words[:n-1]
	}
	if !known(words) {
		return Maybe
	}
	not := false
	for len(words) > 1 && words[0].Text == "!" {
		words, not = words[1:], !not
	}
	var ok bool
	switch len(words) {
	case 0:
	case 1:
		ok = words[0].Text != ""
	case 2:
		switch words[0].Text {
		case "-n":
			ok = words[1].Text != ""
		case "-z":
			ok = words[1].Text == ""
		default:
			return Maybe
		}
	case 3:
		var decided bool
		if ok, decided = compareWords(words[0].Text, words[1].Text, words[2].Text); !decided {
			return Maybe
		}
	default:
		return Maybe
	}
	if ok != not {
		return Done
	}
	return Failed
}

func compareWords(a, op, b string) (result, decided bool) {
	switch op {
	case "=", "==":
		return a == b, true
	case "!=":
		return a != b, true
	}
	x, err := strconv.Atoi(a)
	y, also := strconv.Atoi(b)
	if err != nil || also != nil {
		return false, false
	}
	switch op {
	case "-eq":
		return x == y, true
	case "-ne":
		return x != y, true
	case "-lt":
		return x < y, true
	case "-le":
		return x <= y, true
	case "-gt":
		return x > y, true
	case "-ge":
		return x >= y, true
	}
	return false, false
}

// test is [[ ]].
func (r *tracer) test(x syntax.TestExpr) Status {
	switch x := x.(type) {
	case *syntax.Word:
		a := r.one(x)
		return decide(a.Text != "", a.Unknown != "")
	case *syntax.ParenTest:
		return r.test(x.X)
	case *syntax.UnaryTest:
		if x.Op == syntax.TsNot {
			if s := r.test(x.X); s != Maybe {
				return Failed - s
			}
			return Maybe
		}
		w, ok := x.X.(*syntax.Word)
		if !ok || x.Op != syntax.TsEmpStr && x.Op != syntax.TsNempStr {
			return Maybe
		}
		a := r.one(w)
		return decide((a.Text == "") == (x.Op == syntax.TsEmpStr), a.Unknown != "")
	case *syntax.BinaryTest:
		return r.binaryTest(x)
	}
	return Maybe
}

func (r *tracer) binaryTest(x *syntax.BinaryTest) Status {
	switch x.Op {
	case syntax.AndTest, syntax.OrTest:
		a, b := r.test(x.X), r.test(x.Y)
		end := Failed
		if x.Op == syntax.OrTest {
			end = Done
		}
		switch {
		case a == end || b == end:
			return end
		case a == Maybe || b == Maybe:
			return Maybe
		}
		return b
	}
	left, ok := x.X.(*syntax.Word)
	right, also := x.Y.(*syntax.Word)
	if !ok || !also {
		return Maybe
	}
	a := r.one(left)
	switch x.Op {
	case syntax.TsMatch, syntax.TsMatchShort, syntax.TsNoMatch:
		glob, err := expand.Pattern(r.config(), right)
		if why := r.doubtful(right); why != "" || err != nil || a.Unknown != "" {
			return Maybe
		}
		return decide(matches(glob, a.Text) == (x.Op != syntax.TsNoMatch), false)
	}
	b := r.one(right)
	result, decided := compareWords(a.Text, x.Op.String(), b.Text)
	return decide(result, !decided || a.Unknown != "" || b.Unknown != "")
}

func decide(ok, unknown bool) Status {
	switch {
	case unknown:
		return Maybe
	case ok:
		return Done
	}
	return Failed
}
