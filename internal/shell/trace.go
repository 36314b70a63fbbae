package shell

import (
	"errors"
	"maps"
	"regexp"
	"strings"

	"mvdan.cc/sh/v3/expand"
	"mvdan.cc/sh/v3/syntax"
)

// A Call is a command that a script runs.
type Call struct {
	// Args are its words, the name first.
	Args []Arg
	// Input is what it reads from a here-document or a pipe, and InputFile the file that it reads instead. Where it reads
	// something that is not known, Input's Unknown says so.
	Input     Arg
	InputFile string
	// InputOffset is where a here-document begins in the text, 0 for other input.
	InputOffset int
	// Guarded is true where the script looks at a failure, or hides it.
	Guarded bool
	// Doubt is why the command may not be run; "" where it is.
	Doubt string
	// Offset and End are bytes in the text of Source, which is the script itself where it is empty.
	Offset, End int
	Source      string
}

// An Arg is a text, or why it is not known.
type Arg struct{ Text, Unknown string }

// A Status is how a command ends.
type Status uint8

// The ends of a command.
const (
	Done Status = iota
	Failed
	Maybe
)

// A Tracer walks through a script in the order in which a shell does: variables have their values, plain loops run,
// functions are called, and a branch is taken where its condition is known. Where it is not, both are walked
// through in doubt. A script that ends early is taken to go on to its end.
type Tracer struct {
	// Run is called for each command that the shell does not do itself.
	Run func(Call) Status
	// Open reads a file that the script sources; nil where there is none.
	Open func(name string) (string, bool)
	// Args are $1 and the following.
	Args []string
}

// Trace walks through a script.
func (t *Tracer) Trace(text string) (err error) {
	f, err := parseLong(text)
	if err != nil {
		return err
	}
	r := &tracer{Tracer: t, text: text, vars: make(map[string]expand.Variable), lost: make(map[string]string), functions: make(map[string]*syntax.Stmt), files: make(map[string]Arg), steps: new(int)}
	r.params = t.Args
	first, _, _ := strings.Cut(text, "\n")
	r.errexit = strings.HasPrefix(first, "#!") && strings.HasSuffix(strings.TrimSpace(first), " -e")
	defer func() {
		if e := recover(); e != nil && !errors.Is(asError(e), errSteps) {
			panic(e)
		} else if e != nil {
			err = errSteps
		}
	}()
	r.list(f.Stmts)
	return err
}

// plainVariable is what opens a brace without nesting anything.
var plainVariable = regexp.MustCompile(`\$\{\w+\}|!`)

// parseLong parses a script that may be long where it is flat.
func parseLong(text string) (*syntax.File, error) {
	if len(text) <= maxText && openers(text) <= maxOpeners {
		return parseText(text)
	}
	if len(text) > maxTrace || openers(plainVariable.ReplaceAllString(text, "")) > maxOpeners {
		return nil, errTooLong
	}
	return syntax.NewParser(syntax.Variant(syntax.LangBash)).Parse(strings.NewReader(text), "")
}

func asError(e any) error {
	err, _ := e.(error)
	return err
}

var errSteps = errors.New("the script runs too many commands to be followed")

const (
	maxTrace     = 4 << 20
	maxSteps     = 100_000
	maxFunctions = 40
	maxSources   = 8
	maxFields    = 70_000
)

// A tracer is one run.
type tracer struct {
	*Tracer
	text      string
	source    string
	vars      map[string]expand.Variable
	lost      map[string]string // variables whose value is not known, and why
	functions map[string]*syntax.Stmt
	files     map[string]Arg // what the script wrote
	params    []string
	doubt     string
	input     Arg
	inputFile string
	inputAt   int
	lines     *[]string // what read takes, inside of a loop
	silent    bool      // errors go to /dev/null
	steps     *int
	depth     int
	sources   int
	errexit   bool
	guarded   bool // a failure here is looked at
	soft      bool // the failure that was last does not end a script under set -e
	stop      bool // exit
	leave     bool // return
	loop      byte // b and c, for break and continue
}

func (r *tracer) list(list []*syntax.Stmt) Status {
	status := Done
	for _, s := range list {
		if r.stop || r.leave || r.loop != 0 {
			return status
		}
		r.soft = false
		status = r.stmt(s)
		if status == Failed && r.errexit && !r.guarded && !r.soft && r.doubt == "" {
			r.stop = true
		}
	}
	return status
}

func (r *tracer) stmt(s *syntax.Stmt) Status {
	if *r.steps++; *r.steps > maxSteps {
		panic(errSteps)
	}
	input, file, at, silent := r.input, r.inputFile, r.inputAt, r.silent
	defer func() { r.input, r.inputFile, r.inputAt, r.silent = input, file, at, silent }()
	out, appends := r.redirects(s.Redirs)
	if out != "" {
		text := r.output(s)
		if old := r.files[out]; appends {
			text.Text, text.Unknown = old.Text+text.Text, old.Unknown+text.Unknown
		}
		r.files[out] = text
	}
	guarded := r.guarded
	r.guarded = r.guarded || s.Negated
	status := r.command(s.Cmd)
	r.guarded = guarded
	if s.Negated && status != Maybe {
		status, r.soft = Failed-status, true
	}
	return status
}

func (r *tracer) command(cmd syntax.Command) Status {
	switch c := cmd.(type) {
	case *syntax.CallExpr:
		return r.call(c)
	case *syntax.DeclClause:
		for _, a := range c.Args {
			if a.Name != nil && !a.Naked {
				r.assign(a)
			}
		}
	case *syntax.BinaryCmd:
		return r.binary(c)
	case *syntax.Block:
		return r.list(c.Stmts)
	case *syntax.Subshell:
		vars, lost := maps.Clone(r.vars), maps.Clone(r.lost)
		status := r.list(c.Stmts)
		r.vars, r.lost, r.stop = vars, lost, false
		return status
	case *syntax.IfClause:
		return r.branch(c)
	case *syntax.WhileClause:
		return r.while(c)
	case *syntax.ForClause:
		return r.loops(c)
	case *syntax.CaseClause:
		return r.choose(c)
	case *syntax.FuncDecl:
		return r.declare(c)
	case *syntax.TimeClause:
		if c.Stmt != nil {
			return r.stmt(c.Stmt)
		}
	case *syntax.TestClause:
		return r.test(c.X)
	case *syntax.ArithmCmd:
		n, why := r.arithmetic(c.X)
		switch {
		case why != "":
			return Maybe
		case n == 0:
			return Failed
		}
	case *syntax.CoprocClause, *syntax.LetClause, *syntax.TestDecl:
		return Maybe
	}
	return Done
}

// declare keeps a function. One without a name runs where it stands, if the shell that reads it knows such functions.
func (r *tracer) declare(c *syntax.FuncDecl) Status {
	switch {
	case c.Name != nil:
		r.functions[c.Name.Value] = c.Body
		return Done
	case len(c.Names) == 0:
		r.inDoubt("a function without a name", func() { r.stmt(c.Body) })
		return Maybe
	}
	for _, name := range c.Names {
		r.functions[name.Value] = c.Body
	}
	return Done
}

func (r *tracer) binary(c *syntax.BinaryCmd) Status {
	if c.Op == syntax.Pipe || c.Op == syntax.PipeAll {
		text := r.output(c.X)
		if text.Unknown != "" {
			r.stmt(c.X)
		}
		input, file := r.input, r.inputFile
		at := r.inputAt
		r.input, r.inputFile = text, ""
		if r.inputAt = 0; plainCat(c.X) != nil {
			r.inputAt = int(plainCat(c.X).Pos().Offset())
		}
		status := r.stmt(c.Y)
		r.input, r.inputFile, r.inputAt = input, file, at
		return status
	}
	guarded := r.guarded
	r.guarded = true
	first := r.stmt(c.X)
	r.guarded = guarded
	if r.stop || r.leave {
		return first
	}
	runs := Done
	if c.Op == syntax.OrStmt {
		runs = Failed
	}
	switch first {
	case runs:
		return r.stmt(c.Y)
	case Maybe:
		r.inDoubt("whether "+clip(r.sourceOf(c.X))+" succeeds", func() { r.stmt(c.Y) })
		if c.Op == syntax.OrStmt && ends(c.Y) {
			return Done
		}
		return Maybe
	}
	r.soft = true
	return first
}

// plainCat is the here-document of a cat.
func plainCat(s *syntax.Stmt) *syntax.Word {
	for _, d := range s.Redirs {
		if d.Hdoc != nil {
			return d.Hdoc
		}
	}
	return nil
}

// ends tells of a command that ends the script where it is run.
func ends(s *syntax.Stmt) bool {
	c, ok := s.Cmd.(*syntax.CallExpr)
	return ok && len(c.Args) > 0 && (c.Args[0].Lit() == "exit" || c.Args[0].Lit() == "true" || c.Args[0].Lit() == ":")
}
