package shell

import (
	"maps"
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// A reader turns a syntax tree into commands.
type reader struct {
	text  string
	env   map[string]string // from outside; never written
	vars  map[string]string // set by the script
	gone  map[string]bool   // set by the script to something unknown
	cmds  []Command
	count *counters
	depth int
	plain bool // the shell knows no braces: sh, dash
	context
}

// counters are shared with the readers of nested scripts.
type counters struct {
	words, pipelines int
}

// A context is what holds for a part of a script.
type context struct {
	input, body string     // from a pipe or here-document; from a here-document
	redirects   []Redirect // of the blocks around
	via, join   string
	pipeline    int  // of the pipe around, 0 without one
	lenient     bool // under set +e
	pipefail    bool
	mayFail     bool
	beforePipe  bool
	inside      bool // of something that runs not at all, or more than once, or in a subshell
	function    bool
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
	for i, s := range list {
		if i > 0 {
			r.join = ";"
			if list[i-1].Background {
				r.join = "&"
			}
		}
		r.stmt(s)
	}
}

func (r *reader) stmt(s *syntax.Stmt) {
	mayFail, input, body, outer := r.mayFail, r.input, r.body, r.redirects
	if s.Negated || s.Background {
		r.mayFail = true
	}
	if len(s.Redirs) > 0 {
		r.redirect(s.Redirs)
	}
	r.command(s.Cmd)
	r.mayFail, r.input, r.body, r.redirects = mayFail, input, body, outer
}

// branch reads what need not run, or may run more than once.
func (r *reader) branch(list []*syntax.Stmt) {
	outer := r.inside
	r.inside = true
	r.stmts(list)
	r.inside, r.join = outer, ";"
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
		pipefail, lenient := r.pipefail, r.lenient
		r.branch(c.Stmts)
		r.vars, r.gone, r.pipefail, r.lenient = vars, gone, pipefail, lenient
	case *syntax.IfClause:
		for ; c != nil; c = c.Else {
			r.condition(c.Cond)
			r.branch(c.Then)
		}
	case *syntax.WhileClause:
		r.condition(c.Cond)
		r.branch(c.Do)
	case *syntax.ForClause:
		r.loop(c)
	case *syntax.CaseClause:
		r.word(c.Word)
		for _, item := range c.Items {
			r.branch(item.Stmts)
		}
	case *syntax.FuncDecl:
		outer := r.context
		r.inside, r.function, r.join = true, true, ""
		r.stmt(c.Body)
		r.context = outer
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
			r.nested(c.Stmts)
			return false
		}
		return true
	})
}

func (r *reader) condition(list []*syntax.Stmt) {
	outer := r.mayFail
	r.mayFail = true
	r.branch(list)
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
	r.branch(c.Do)
}

func (r *reader) binary(c *syntax.BinaryCmd) {
	from := len(r.cmds)
	switch c.Op {
	case syntax.Pipe, syntax.PipeAll:
		r.pipe(c)
	case syntax.OrStmt:
		r.stmt(c.X)
		mid := len(r.cmds)
		r.join = "||"
		r.stmt(c.Y)
		if !slices.ContainsFunc(r.cmds[mid:], gives) {
			for i := range r.cmds[from:mid] {
				r.cmds[from+i].MayFail = true
			}
		}
	default:
		r.stmt(c.X)
		r.join = "&&"
		r.stmt(c.Y)
	}
}

func (r *reader) pipe(c *syntax.BinaryCmd) {
	before, input, body, pipeline := r.beforePipe, r.input, r.body, r.pipeline
	if pipeline == 0 {
		r.count.pipelines++
		r.pipeline = r.count.pipelines
	}
	r.beforePipe = !r.pipefail
	r.stmt(c.X)
	r.beforePipe, r.input, r.body, r.join = before, r.source(c.X), "", "|"
	r.stmt(c.Y)
	r.input, r.body, r.pipeline = input, body, pipeline
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
	cmd := Command{Offset: int(c.Pos().Offset()), End: int(c.End().Offset())}
	for _, a := range c.Assigns {
		cmd.Env = append(cmd.Env, r.assign(a, len(c.Args) > 0))
	}
	if len(c.Args) == 0 {
		cmd.Args = []string{}
		r.add(cmd)
		return
	}
	words := make([]string, 0, len(c.Args))
	for _, w := range c.Args {
		words = r.words(words, w)
	}
	if len(words) == 0 {
		return
	}
	cmd.Name, cmd.Args = words[0], words[1:]
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

// add adds a command that stands in the present context, and returns its pipeline.
func (r *reader) add(c Command) int {
	c.MayFail = c.MayFail || r.mayFail || r.lenient
	c.Piped = c.Piped || r.beforePipe
	c.Input, c.Via, c.Joined, c.Nested, c.Function = r.input, r.via, r.join, r.inside, r.function
	c.Redirects = r.redirects
	if len(c.Redirects) > 0 {
		c.Output = output(c.Redirects)
	}
	switch {
	case r.pipeline > 0:
		c.Pipeline = r.pipeline
	case c.Pipeline == 0:
		r.count.pipelines++
		c.Pipeline = r.count.pipelines
	}
	r.cmds = append(r.cmds, c)
	return c.Pipeline
}

func (r *reader) source(n syntax.Node) string {
	from, to := int(n.Pos().Offset()), int(n.End().Offset())
	if from > to || to > len(r.text) {
		return ""
	}
	return r.text[from:to]
}
