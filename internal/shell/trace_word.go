package shell

import (
	"io"
	"regexp"
	"strconv"
	"strings"

	"mvdan.cc/sh/v3/expand"
	"mvdan.cc/sh/v3/pattern"
	"mvdan.cc/sh/v3/syntax"
)

// Get implements expand.Environ.
func (r *tracer) Get(name string) expand.Variable {
	if v, ok := r.param(name); ok {
		return expand.Variable{Set: true, Kind: expand.String, Str: v}
	}
	switch name {
	case "$", "0": // one text, whatever it is
		return expand.Variable{Set: true, Kind: expand.String, Str: "1"}
	case "#":
		return expand.Variable{Set: true, Kind: expand.String, Str: strconv.Itoa(len(r.params))}
	case "@", "*":
		return expand.Variable{Set: true, Kind: expand.Indexed, List: r.params}
	}
	return r.vars[name]
}

// Each implements expand.Environ.
func (r *tracer) Each(func(string, expand.Variable) bool) {}

// Set implements expand.WriteEnviron.
func (r *tracer) Set(name string, v expand.Variable) error {
	delete(r.lost, name)
	r.vars[name] = v
	return nil
}

func (r *tracer) config() *expand.Config {
	return &expand.Config{Env: r, CmdSubst: func(w io.Writer, c *syntax.CmdSubst) error {
		_, err := io.WriteString(w, r.substitution(c).Text)
		return err
	}}
}

// args expands words; an unknown one stays one word.
func (r *tracer) args(words []*syntax.Word) []Arg {
	var all []Arg
	for _, w := range words {
		if lit := w.Lit(); lit != "" && !strings.ContainsAny(lit, "\\{~") {
			all = append(all, Arg{Text: lit})
			continue
		}
		if why := r.doubtful(w); why != "" {
			all = append(all, Arg{Unknown: why})
			continue
		}
		n := 0
		for field, err := range expand.FieldsSeq(r.config(), w) {
			if err != nil || n > maxFields {
				all = append(all, Arg{Unknown: clip(r.sourceOf(w))})
				break
			}
			n++
			all = append(all, Arg{Text: field})
		}
		if *r.steps += n; *r.steps > maxSteps {
			panic(errSteps)
		}
	}
	return all
}

// one expands a word that is one text.
func (r *tracer) one(w *syntax.Word) Arg {
	if w == nil {
		return Arg{}
	}
	if why := r.doubtful(w); why != "" {
		return Arg{Unknown: why}
	}
	text, err := expand.Literal(r.config(), w)
	if err != nil || len(text) > maxText {
		return Arg{Unknown: clip(r.sourceOf(w))}
	}
	return Arg{Text: text}
}

// doubtful tells what of a node is not known.
func (r *tracer) doubtful(n syntax.Node) (why string) {
	if w, ok := n.(*syntax.Word); ok && strings.HasPrefix(w.Lit(), "~") {
		return "the folder of a user"
	}
	syntax.Walk(n, func(n syntax.Node) bool {
		switch p := n.(type) {
		case *syntax.ParamExp:
			why = r.parameter(p, why)
		case *syntax.CmdSubst:
			if a := r.substitution(p); a.Unknown != "" && why == "" {
				why = a.Unknown
			}
			return false
		case *syntax.ProcSubst:
			why = "what a program prints"
			return false
		}
		return why == ""
	})
	return why
}

func (r *tracer) parameter(p *syntax.ParamExp, why string) string {
	name := ""
	if p.Param != nil {
		name = p.Param.Value
	}
	if p.Exp != nil && !strings.HasPrefix(p.Exp.Op.String(), "?") && !strings.HasPrefix(p.Exp.Op.String(), ":?") && r.lost[name] == "" {
		switch p.Exp.Op {
		case syntax.DefaultUnset, syntax.DefaultUnsetOrNull, syntax.AssignUnset, syntax.AssignUnsetOrNull, syntax.AlternateUnset, syntax.AlternateUnsetOrNull:
			return why // an unset variable has a value here
		}
	}
	switch lost := r.lost[name]; {
	case why != "":
		return why
	case p.Excl:
		return "an indirect variable"
	case lost != "":
		return "$" + name + " (" + lost + ")"
	case name == "#" || name == "@" || name == "*":
		return ""
	case !r.Get(name).IsSet():
		return "$" + name
	}
	return ""
}

// substitution is the text of $(...), where the command is one whose output is known.
func (r *tracer) substitution(c *syntax.CmdSubst) Arg {
	unknown := Arg{Unknown: "$(" + clip(strings.TrimSuffix(strings.TrimPrefix(r.sourceOf(c), "$("), ")")) + ")"}
	if len(c.Stmts) != 1 || r.depth > maxFunctions {
		return unknown
	}
	r.depth++
	defer func() { r.depth-- }()
	call, ok := c.Stmts[0].Cmd.(*syntax.CallExpr)
	if !ok || len(call.Args) == 0 {
		return unknown
	}
	words := r.args(call.Args)
	if !known(words) {
		return unknown
	}
	switch name := words[0].Text; {
	case name == "which" && len(words) == 2, (name == "command" || name == "type") && len(words) == 3:
		return Arg{Text: words[len(words)-1].Text}
	case name == "seq":
		return sequence(words[1:], unknown)
	}
	out := r.output(c.Stmts[0])
	out.Text = strings.TrimRight(out.Text, "\n")
	if out.Unknown != "" {
		return unknown
	}
	return out
}

func sequence(words []Arg, unknown Arg) Arg {
	from, step, to := 1, 1, 0
	numbers := make([]int, len(words))
	for i, w := range words {
		n, err := strconv.Atoi(w.Text)
		if err != nil {
			return unknown
		}
		numbers[i] = n
	}
	switch len(numbers) {
	case 1:
		to = numbers[0]
	case 2:
		from, to = numbers[0], numbers[1]
	case 3:
		from, step, to = numbers[0], numbers[1], numbers[2]
	default:
		return unknown
	}
	if step <= 0 || (to-from)/step > 10_000 {
		return unknown
	}
	var b strings.Builder
	for n := from; n <= to; n += step {
		b.WriteString(strconv.Itoa(n) + "\n")
	}
	return Arg{Text: strings.TrimRight(b.String(), "\n")}
}

func known(words []Arg) bool {
	for _, w := range words {
		if w.Unknown != "" {
			return false
		}
	}
	return true
}

func (r *tracer) arithmetic(x syntax.ArithmExpr) (int, string) {
	if x == nil {
		return 1, ""
	}
	why := r.doubtful(x)
	syntax.Walk(x, func(n syntax.Node) bool {
		if w, ok := n.(*syntax.Word); ok && why == "" && syntax.ValidName(w.Lit()) {
			if _, lost := r.lost[w.Lit()]; lost || !r.Get(w.Lit()).IsSet() {
				why = "$" + w.Lit()
			}
		}
		return true
	})
	if assignment, ok := x.(*syntax.BinaryArithm); ok && assignment.Op == syntax.Assgn {
		why = r.doubtful(assignment.Y)
	}
	if why != "" {
		return 0, why
	}
	n, err := expand.Arithm(r.config(), x)
	if err != nil {
		return 0, "arithmetic"
	}
	return n, ""
}

// assign sets a variable.
func (r *tracer) assign(a *syntax.Assign) {
	name := a.Name.Value
	switch {
	case a.Index != nil:
		r.forget(name, "an element of a list")
	case a.Array != nil:
		var list []string
		if old := r.vars[name]; a.Append && old.Kind == expand.Indexed {
			list = append(list, old.List...)
		}
		for _, e := range a.Array.Elems {
			if e.Index != nil || e.Value == nil {
				r.forget(name, "an element of a list")
				return
			}
			for _, one := range r.args([]*syntax.Word{e.Value}) {
				if one.Unknown != "" {
					r.forget(name, one.Unknown)
					return
				}
				list = append(list, one.Text)
			}
		}
		delete(r.lost, name)
		r.vars[name] = expand.Variable{Set: true, Kind: expand.Indexed, List: list}
	default:
		v := r.one(a.Value)
		old, lost := r.vars[name], r.lost[name]
		switch {
		case v.Unknown != "":
			r.forget(name, v.Unknown)
		case a.Append && lost != "":
		case a.Append:
			r.set(name, old.String()+v.Text)
		default:
			r.set(name, v.Text)
		}
	}
}

// choose walks through a case. An init script is one that is called with start.
func (r *tracer) choose(c *syntax.CaseClause) Status {
	word := r.one(c.Word)
	if word.Unknown == "$1" && len(r.params) == 0 {
		word = Arg{Text: "start"}
	}
	if word.Unknown != "" {
		for _, item := range c.Items {
			r.inDoubt("the value of "+word.Unknown, func() { r.list(item.Stmts) })
		}
		return Maybe
	}
	for _, item := range c.Items {
		for _, p := range item.Patterns {
			text, err := expand.Pattern(r.config(), p)
			if r.doubtful(p) != "" || err != nil {
				r.inDoubt("a pattern", func() { r.list(item.Stmts) })
				continue
			}
			if matches(text, word.Text) {
				return r.list(item.Stmts)
			}
		}
	}
	return Done
}

func matches(glob, text string) bool {
	expr, err := pattern.Regexp(glob, pattern.EntireString)
	if err != nil {
		return glob == text
	}
	re, err := regexp.Compile(expr)
	return err == nil && re.MatchString(text)
}
