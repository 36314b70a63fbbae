package dockerfile

import (
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/parser"

	"sallyport/internal/shell"
)

// A mode says what an instruction does where it stands.
type mode int

const (
	own    mode = iota // it is one of the stage's own
	record             // it is a trigger that the stage leaves: noted, without an effect here
	replay             // it is a trigger of the base stage: an effect, noted there already
)

// A stageBuilder works through the instructions of one stage.
type stageBuilder struct {
	b        *builder
	index    int
	from     *parser.Node
	facts    Stage
	at       stageAnchors
	scope    scope
	triggers []instruction
	before   *instruction // the one in front
	config   configuration
	style    style
	ids      map[string]int    // the uid of each account of which that is known
	known    map[string]string // the scope as shell.Parse wants it; nil after a change
	// copyOrder and runOrder number the instructions of Copies and Runs in the order of the stage.
	copyOrder, runOrder []int
	order               int
	rooted              bool // the base image's working directory is the root folder
}

var defaultShell = []string{"/bin/sh", "-c"}

// fresh begins a stage on an image.
func (s *stageBuilder) fresh(img *Image) {
	s.scope = scope{lex: s.b.global.lex, closed: img.Kind == "scratch"}
	if base, ok := s.b.known.bases.entry(img.Registry, img.Repository, img.Tag); ok && img.Kind == "image" {
		for name, value := range base.Env {
			s.scope.set(name, variable{value: value, known: true})
		}
	}
	s.style.bare = img.Kind == "image" && bareImages(img.Registry+"/"+img.Repository)
	s.rooted = img.Kind == "scratch" || rooted(img.Repository)
	s.facts.User = baseUser(img)
	s.facts.Shell = defaultShell
	if s.windows(img) {
		s.facts.Shell = windowsCommand
	}
	s.empty()
	s.facts.Environment, s.facts.Labels = map[string]string{}, map[string]string{}
	s.facts.Expose, s.facts.Volumes = []exposed{}, []string{}
	none := Command{Argv: []string{}}
	s.facts.Entrypoint, s.facts.Cmd, s.facts.Healthcheck.Command = none, none, none
}

// empty makes the lists of the stage's own instructions.
func (s *stageBuilder) empty() {
	s.facts.Env, s.facts.Args, s.facts.Copies = []Env{}, []Arg{}, []transfer{}
	s.facts.Runs, s.facts.Onbuild = []Run{}, []trigger{}
	s.facts.Calls, s.facts.Accounts, s.facts.Modes = map[string][]call{}, []account{}, []modeChange{}
	s.facts.Fetches, s.facts.Unchecked = []fetch{}, []unchecked{}
	s.facts.Workdirs, s.facts.Overridden, s.facts.ShellForms = []workdir{}, []overridden{}, []shellForm{}
	s.facts.Legacy, s.facts.SelfReferences, s.facts.Maintainers = []legacyPair{}, []selfReference{}, []maintainer{}
	s.facts.Labelled = []label{}
	s.facts.Secrets, s.facts.Cargo, s.facts.Rustup, s.facts.Rustflags = []found{}, []shell.CargoCommand{}, []shell.RustupCommand{}, []rustflags{}
}

// inherit begins a stage on an earlier one (dispatchState.init).
func (s *stageBuilder) inherit(base *stageBuilder) {
	f := &base.facts
	s.style = base.style.inherit()
	s.scope, s.ids, s.config = base.scope.child(), maps.Clone(base.ids), base.config
	s.rooted = base.rooted
	s.facts = Stage{
		System: f.System, Shell: f.Shell, Workdir: f.Workdir, StopSignal: f.StopSignal, User: f.User,
		Environment: maps.Clone(f.Environment), Labels: maps.Clone(f.Labels),
		Expose: slices.Clone(f.Expose), Volumes: slices.Clone(f.Volumes),
		Entrypoint: f.Entrypoint, Cmd: f.Cmd, Healthcheck: f.Healthcheck,
	}
	s.b.budget -= len(f.Environment) + len(f.Labels) + len(f.Expose) + len(f.Volumes) + len(base.scope.vars) + len(s.ids)
	if f.User.From != "base" {
		s.facts.User.From = "stage"
	}
	for _, c := range []*Command{&s.facts.Entrypoint, &s.facts.Cmd, &s.facts.Healthcheck.Command} {
		c.Inherited = c.Form != ""
	}
	s.empty()
	a := &base.at
	s.at = stageAnchors{
		shell: a.shell, workdir: a.workdir, entrypoint: a.entrypoint, cmd: a.cmd, health: a.health, stop: a.stop,
		environment: maps.Clone(a.environment), labels: maps.Clone(a.labels),
		expose: slices.Clone(a.expose), volumes: slices.Clone(a.volumes),
	}
}

// do carries out an instruction (dispatch).
func (s *stageBuilder) do(in *instruction, m mode) {
	s.order++
	if m == own {
		defer func() { s.before = in }()
		s.note(in)
	}
	switch c := in.cmd.(type) {
	case *instructions.EnvCommand:
		s.env(in, c, m)
	case *instructions.ArgCommand:
		s.arg(in, c, m)
	case *instructions.RunCommand:
		s.run(in, c, m)
	case *instructions.CopyCommand:
		s.copy(in, c, m)
	case *instructions.AddCommand:
		s.add(in, c, m)
	case *instructions.OnbuildCommand:
		s.onbuild(in, c)
	case error:
		if m == replay {
			s.b.errorf(s.from.StartLine, "correct the ONBUILD instruction", "a trigger of the stage below cannot be read: %v", c)
		}
	default:
		if m != record {
			s.configure(in, m)
		}
	}
}

// configure carries out the instructions that only set a part of the image's configuration.
func (s *stageBuilder) configure(in *instruction, m mode) {
	f, at := &s.facts, in.at(atArgs, 0)
	switch c := in.cmd.(type) {
	case *instructions.UserCommand:
		s.setUser(c.User)
		s.at.user = at
		if m == replay {
			f.User.From = "onbuild"
		}
	case *instructions.WorkdirCommand:
		f.Workdir, s.at.workdir = s.workdir(c.Path), at
	case *instructions.LabelCommand:
		s.labels(in, c)
	case *instructions.ExposeCommand:
		s.expose(in)
	case *instructions.VolumeCommand:
		for _, v := range c.Volumes {
			f.Volumes = append(f.Volumes, s.scope.expand(v).text)
			s.at.volumes = append(s.at.volumes, at)
		}
	case *instructions.StopSignalCommand:
		f.StopSignal, s.at.stop = s.scope.expand(c.Signal).text, at
	case *instructions.ShellCommand:
		f.Shell, s.at.shell = c.Shell, at
	case *instructions.EntrypointCommand:
		f.Entrypoint, s.at.entrypoint = s.command(&c.ShellDependantCmdLine), at
		if f.Cmd.Inherited { // dispatchEntrypoint
			f.Cmd, s.at.cmd = Command{Argv: []string{}}, anchor{}
		}
		s.invocations(in, &f.Entrypoint, at)
	case *instructions.CmdCommand:
		f.Cmd, s.at.cmd = s.command(&c.ShellDependantCmdLine), at
		s.invocations(in, &f.Cmd, at)
	case *instructions.HealthCheckCommand:
		s.healthcheck(c)
		s.at.health = in.at(atWhole, 0)
		s.invocations(in, &f.Healthcheck.Command, s.at.health)
	}
}

func (s *stageBuilder) workdir(typed string) string {
	dir := s.scope.expand(typed).text
	switch {
	case strings.HasPrefix(dir, "/"), len(dir) > 1 && dir[1] == ':':
		return dir
	case s.facts.Workdir == "" && !s.scope.closed:
		return dir
	}
	return path.Join("/", s.facts.Workdir, dir)
}

func (s *stageBuilder) labels(in *instruction, c *instructions.LabelCommand) {
	if s.at.labels == nil {
		s.at.labels = make(map[string]anchor)
	}
	for i, kv := range c.Labels {
		e := s.b.env(s.scope.expand(kv.Key).text, s.scope.expand(kv.Value).text)
		s.facts.Labels[e.Name] = e.Value
		s.at.labels[e.Name] = pair(in, i)
		if e.Secret.Found {
			s.secret(in, "", e.Secret, pair(in, i))
		}
	}
}

// pair is the anchor of the i-th name=value of ENV and LABEL.
func pair(in *instruction, i int) anchor {
	a := in.at(atWord, i)
	a.m = 1
	return a
}

func (s *stageBuilder) command(c *instructions.ShellDependantCmdLine) Command {
	if !c.PrependShell {
		return Command{Form: "exec", Argv: append([]string{}, c.CmdLine...)}
	}
	argv := make([]string, 0, len(s.facts.Shell)+len(c.CmdLine))
	return Command{Form: "shell", Argv: append(append(argv, s.facts.Shell...), c.CmdLine...)}
}

func (s *stageBuilder) healthcheck(c *instructions.HealthCheckCommand) {
	h := healthcheck{Kind: "none", Command: Command{Argv: []string{}}}
	if test := c.Health.Test; len(test) > 0 && test[0] != "NONE" {
		h.Kind = "cmd"
		h.Command = s.command(&instructions.ShellDependantCmdLine{CmdLine: test[1:], PrependShell: test[0] == "CMD-SHELL"})
		h.Interval, h.Timeout = c.Health.Interval.Seconds(), c.Health.Timeout.Seconds()
		h.StartPeriod, h.Retries = c.Health.StartPeriod.Seconds(), c.Health.Retries
	}
	s.facts.Healthcheck = h
}

// onbuild notes a trigger and what it will do. Buildkit reads its text as a file of its own.
func (s *stageBuilder) onbuild(in *instruction, c *instructions.OnbuildCommand) {
	t := trigger{Text: c.Expression}
	if inner, cmd, err := parseTrigger(c.Expression); err == nil {
		t.Instruction = strings.ToLower(inner.Value)
		s.triggers = append(s.triggers, instruction{node: in.node, inner: inner, cmd: cmd})
		s.do(&s.triggers[len(s.triggers)-1], record)
	} else {
		s.triggers = append(s.triggers, instruction{node: in.node, cmd: err})
	}
	s.facts.Onbuild = append(s.facts.Onbuild, t)
	s.at.onbuild = append(s.at.onbuild, in.at(atArgs, 0))
}
