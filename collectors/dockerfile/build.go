package dockerfile

import (
	"fmt"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
	bkshell "github.com/moby/buildkit/frontend/dockerfile/shell"

	"sallyport/internal/fact"
)

const (
	// maxInherited bounds what stages and commands take over from what stands before them, counted in
	// variables, labels and ports: a long file would otherwise cost the square of its length.
	maxInherited = 100_000
	// maxSecrets bounds the secrets of a file, each of which is looked for in every text of it.
	maxSecrets = 500
)

// A builder works through the instructions of one file.
type builder struct {
	opts    *options
	known   *known
	path    string
	facts   Dockerfile
	locator locator
	global  scope
	// defaults is global without what --build-arg gives.
	defaults scope
	names    map[string]int // stages by name
	// declared are the arguments that stages declare.
	declared map[string]bool
	stages   []*stageBuilder
	edges    []edge
	links    []link
	forward  []link // links to stages that are not complete
	escape   rune
	secrets  []string
	errs     []error
	budget   int
	// list are all instructions, and warnings what buildkit's parser warns of.
	list     []instruction
	warnings []parser.Warning
	// configured is true where a .cargo/config.toml of the context may choose target and linker.
	configured bool
	// lockIgnored is true where the ignore file leaves out Cargo.lock, and not Cargo.toml.
	lockIgnored bool
}

// predefined are the arguments that every build sets for itself; their values depend on the machine
// (https://docs.docker.com/reference/dockerfile/#automatic-platform-args-in-the-global-scope).
var predefined = [...]string{
	"BUILDPLATFORM", "BUILDOS", "BUILDOSVERSION", "BUILDARCH", "BUILDVARIANT", "TARGETPLATFORM",
	"TARGETOS", "TARGETOSVERSION", "TARGETARCH", "TARGETVARIANT", "TARGETSTAGE",
}

var platform = func() map[string]variable {
	vars := make(map[string]variable, len(predefined))
	for _, name := range predefined {
		vars[name] = variable{arg: true}
	}
	return vars
}()

func newBuilder(o *options, path string, result *parser.Result) *builder {
	b := &builder{opts: o, path: path, budget: maxInherited, declared: make(map[string]bool), escape: result.EscapeToken}
	b.facts = Dockerfile{
		Path: path, Escape: string(result.EscapeToken), Args: []Arg{}, Stages: []Stage{}, Images: []usedImage{},
		Keywords: []keyword{}, Continuations: []continuation{}, Pragmas: []pragma{}, Undefined: []undefinedName{},
		Descriptions: []description{},
	}
	b.warnings = result.Warnings
	b.global = scope{vars: platform, shared: true, lex: bkshell.NewLex(result.EscapeToken)}
	b.defaults = b.global.child()
	return b
}

func (b *builder) errorf(line int, hint, format string, args ...any) {
	b.errs = append(b.errs, &fact.Error{File: b.path, Line: line, Msg: fmt.Sprintf(format, args...), Hint: hint})
}

// build works out all stages; it is false where nothing can be said about the file.
func (b *builder) build(list []instruction) bool {
	var s *stageBuilder
	b.list = list
	for i := range list {
		in := &list[i]
		stage, isStage := in.cmd.(*instructions.Stage)
		arg, isArg := in.cmd.(*instructions.ArgCommand)
		switch {
		case isStage:
			s = b.begin(in.node, stage)
		case s != nil:
			s.do(in, own)
		case isArg:
			b.globalArg(in.node, arg)
		default:
			b.errorf(in.node.StartLine, "begin with FROM; only ARG may stand before it", "no build stage in current context")
			return false
		}
		if b.budget < 0 {
			b.errorf(in.node.StartLine, "split the file, or let fewer stages be built on each other",
				"stages and commands inherit too many variables to be judged")
			return false
		}
	}
	if len(b.secrets) > maxSecrets {
		b.errorf(1, "take the secrets out of the file", "the file holds more than %d secrets and is not judged further", maxSecrets)
		return false
	}
	if s == nil {
		b.errorf(1, "add a FROM instruction", "dockerfile contains no stages to build")
		return false
	}
	return true
}

// globalArg declares the arguments of an ARG before the first FROM (buildMetaArgs).
func (b *builder) globalArg(n *parser.Node, c *instructions.ArgCommand) {
	for i, a := range c.Args {
		v := variable{arg: true}
		if value, ok := b.opts.args[a.Key]; ok {
			v.value, v.known = value, true
		} else if a.Value != nil {
			e := b.global.expand(*a.Value)
			v.value, v.known, v.args = e.text, e.known(), e.args
		} else if old, ok := b.global.vars[a.Key]; ok {
			v = old
		}
		b.global.set(a.Key, v)
		b.defaultArg(a, v)
		b.facts.Args = append(b.facts.Args, b.arg(a, v))
		b.locator.args = append(b.locator.args, anchor{node: n, part: atWord, n: i})
	}
}

// defaultArg declares an argument as if no --build-arg were given.
func (b *builder) defaultArg(a instructions.KeyValuePairOptional, v variable) {
	if len(b.opts.args) > 0 {
		old := b.defaults.vars[a.Key]
		v = variable{arg: true, value: old.value, known: old.known}
		if a.Value != nil {
			e := b.defaults.expand(*a.Value)
			v.value, v.known = e.text, e.known()
		}
	}
	b.defaults.set(a.Key, v)
}

// arg is the fact of a build argument.
func (b *builder) arg(a instructions.KeyValuePairOptional, v variable) Arg {
	e := b.env(a.Key, v.value)
	if e.Leak != "" && a.Value == nil {
		e.Leak = "name" // the secret stands elsewhere
	}
	return Arg{
		Name: a.Key, Value: e.Value, Known: v.known, Default: a.Value != nil, Sensitive: e.Sensitive,
		Secret: e.Secret, Leak: e.Leak,
	}
}

// begin opens a stage (buildDispatchStates).
func (b *builder) begin(n *parser.Node, st *instructions.Stage) *stageBuilder {
	img := b.image(st.BaseName)
	s := &stageBuilder{b: b, index: len(b.stages), from: n}
	var triggers []instruction
	if img.Kind == "stage" {
		base := b.stages[img.Stage]
		s.inherit(base)
		triggers = base.triggers
		b.edges = append(b.edges, edge{from: s.index, to: img.Stage, base: true})
	} else {
		s.fresh(&img)
		s.facts.System = b.known.systems.of(&img)
		s.facts.System.Stage, s.facts.System.Image, s.facts.System.Plain = s.index, img.Name, s.rooted
		b.choose(s, &img)
	}
	s.facts.Name, s.facts.Base, s.facts.Platform = st.Name, img, st.Platform
	s.at.from, s.at.base = anchor{node: n}, anchor{node: n, part: atField}
	s.at.user = s.at.from
	if st.Platform != "" {
		s.at.platform = anchor{node: n, part: atFlag}
	}
	s.alias(n, st)
	b.stages = append(b.stages, s)
	for i := range triggers {
		s.do(&triggers[i], replay)
	}
	if st.Name != "" {
		if b.names == nil {
			b.names = make(map[string]int)
		}
		b.names[st.Name] = s.index
	}
	return s
}

// choose lets a stage whose base may be one of several earlier stages depend on all of them. Where all
// of them run as root, or none does, that is known.
func (b *builder) choose(s *stageBuilder, img *Image) {
	agreed := len(img.Candidates) > 0
	for _, c := range img.Candidates {
		b.edges = append(b.edges, edge{from: s.index, to: c, base: true})
		u := &b.stages[c].facts.User
		agreed = agreed && u.Known && u.Root == b.stages[img.Candidates[0]].facts.User.Root
	}
	if agreed {
		s.facts.User = b.stages[img.Candidates[0]].facts.User
		if s.facts.User.From != "base" {
			s.facts.User.From = "stage"
		}
	}
}
