package shell

import (
	"maps"
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// A reader turns a syntax tree into commands.
type reader struct {
	text string
	env  map[string]string // from outside; never written
	vars map[string]string // set by the script
	gone map[string]bool   // set by the script to something unknown
	cmds []Command
	// words counts all words of a script, those of nested scripts too.
	words *int
	depth int

	input               string
	body                string // of a here-document
	lenient             bool   // under set +e
	pipefail            bool
	mayFail, beforePipe bool
}

func (r *reader) parse() error {
	f, err := parseText(r.text)
	if err != nil {
		return err
	}
	r.stmts(f.Stmts)
	return nil
}

func (r *reader) stmts(list []*syntax.Stmt) {
	for _, s := range list {
		r.stmt(s)
	}
}

func (r *reader) stmt(s *syntax.Stmt) {
	outer, input, body := r.mayFail, r.input, r.body
	if s.Negated || s.Background {
		r.mayFail = true
	}
	output := ""
	for _, d := range s.Redirs {
		switch {
		case d.Hdoc != nil:
			r.body = r.document(d.Hdoc)
			r.input = r.body
		case d.Op == syntax.WordHdoc:
			r.input = r.word(d.Word).text()
		case (d.Op == syntax.RdrOut || d.Op == syntax.AppOut || d.Op == syntax.RdrAll) && d.Word != nil:
			output = r.word(d.Word).text()
		default:
			r.word(d.Word)
		}
	}
	from := len(r.cmds)
	r.command(s.Cmd)
	if output != "" {
		for i := from; i < len(r.cmds); i++ {
			if r.cmds[i].Output == "" {
				r.cmds[i].Output = output
			}
		}
	}
	r.mayFail, r.input, r.body = outer, input, body
}

func (r *reader) command(cmd syntax.Command) {
	switch c := cmd.(type) {
	case *syntax.CallExpr:
		r.call(c)
	case *syntax.DeclClause:
		r.declare(c)
	case *syntax.BinaryCmd:
		r.binary(c)
	case *syntax.Block:
		r.stmts(c.Stmts)
	case *syntax.Subshell:
		vars, gone := maps.Clone(r.vars), maps.Clone(r.gone)
		r.stmts(c.Stmts)
		r.vars, r.gone = vars, gone
	case *syntax.IfClause:
		for ; c != nil; c = c.Else {
			r.condition(c.Cond)
			r.stmts(c.Then)
		}
	case *syntax.WhileClause:
		r.condition(c.Cond)
		r.stmts(c.Do)
	case *syntax.ForClause:
		r.loop(c)
	case *syntax.CaseClause:
		r.word(c.Word)
		for _, item := range c.Items {
			r.stmts(item.Stmts)
		}
	case *syntax.FuncDecl:
		r.stmt(c.Body)
	case *syntax.TimeClause:
		if c.Stmt != nil {
			r.stmt(c.Stmt)
		}
	case *syntax.CoprocClause:
		r.stmt(c.Stmt)
	case *syntax.TestClause:
		r.substitutions(c)
	case *syntax.ArithmCmd:
		r.substitutions(c)
	}
}

// substitutions reads the command substitutions inside a node that is not a list of words.
func (r *reader) substitutions(n syntax.Node) {
	syntax.Walk(n, func(n syntax.Node) bool {
		if c, ok := n.(*syntax.CmdSubst); ok {
			r.stmts(c.Stmts)
			return false
		}
		return true
	})
}

func (r *reader) condition(list []*syntax.Stmt) {
	outer := r.mayFail
	r.mayFail = true
	r.stmts(list)
	r.mayFail = outer
}

func (r *reader) loop(c *syntax.ForClause) {
	if iter, ok := c.Loop.(*syntax.WordIter); ok {
		for _, w := range iter.Items {
			r.word(w)
		}
		if len(iter.Items) == 1 {
			r.set(iter.Name.Value, r.word(iter.Items[0]))
		} else {
			r.forget(iter.Name.Value)
		}
	}
	r.stmts(c.Do)
}

func (r *reader) binary(c *syntax.BinaryCmd) {
	from := len(r.cmds)
	switch c.Op {
	case syntax.Pipe, syntax.PipeAll:
		outer, input := r.beforePipe, r.input
		r.beforePipe = !r.pipefail
		r.stmt(c.X)
		r.beforePipe, r.input, r.body = outer, r.source(c.X), ""
		r.stmt(c.Y)
		r.input = input
	case syntax.OrStmt:
		r.stmt(c.X)
		mid := len(r.cmds)
		r.stmt(c.Y)
		if !slices.ContainsFunc(r.cmds[mid:], gives) {
			for i := range r.cmds[from:mid] {
				r.cmds[from+i].MayFail = true
			}
		}
	default:
		r.stmt(c.X)
		r.stmt(c.Y)
	}
}

// gives tells whether a command after || passes the failure on.
func gives(c Command) bool {
	switch c.Name {
	case "exit", "return":
		return len(c.Args) == 0 || c.Args[0] != "0"
	case "false", "kill":
		return true
	}
	return false
}

func (r *reader) call(c *syntax.CallExpr) {
	cmd := Command{Args: []string{}, Offset: int(c.Pos().Offset()), End: int(c.End().Offset())}
	for _, a := range c.Assigns {
		cmd.Env = append(cmd.Env, r.assign(a, len(c.Args) > 0))
	}
	if len(c.Args) == 0 {
		r.add(cmd)
		return
	}
	var words []string
	for _, w := range c.Args {
		words = append(words, r.word(w).fields...)
	}
	if len(words) == 0 {
		return
	}
	cmd.Name, cmd.Args = words[0], append(cmd.Args, words[1:]...)
	r.run(cmd)
}

func (r *reader) declare(c *syntax.DeclClause) {
	cmd := Command{Name: c.Variant.Value, Args: []string{}, Offset: int(c.Pos().Offset()), End: int(c.End().Offset())}
	exported := cmd.Name == "export"
	for _, a := range c.Args {
		if a.Name == nil || a.Naked {
			if a.Value != nil {
				word := r.word(a.Value).text()
				cmd.Args = append(cmd.Args, word)
				exported = exported || strings.HasPrefix(word, "-") && strings.Contains(word, "x")
			} else {
				cmd.Args = append(cmd.Args, a.Name.Value)
			}
			continue
		}
		v := r.assign(a, false)
		v.Exported = exported
		cmd.Env = append(cmd.Env, v)
		cmd.Args = append(cmd.Args, v.Name+"="+v.Value)
	}
	r.add(cmd)
}

func (r *reader) add(c Command) {
	c.MayFail = c.MayFail || r.mayFail || r.lenient
	c.Piped = c.Piped || r.beforePipe
	c.Input = r.input
	r.cmds = append(r.cmds, c)
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

func (r *reader) source(n syntax.Node) string {
	from, to := int(n.Pos().Offset()), int(n.End().Offset())
	if from > to || to > len(r.text) {
		return ""
	}
	return r.text[from:to]
}
