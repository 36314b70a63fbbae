package dockerfile

import (
	"path"
	"slices"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/parser"

	"sallyport/internal/secret"
	"sallyport/internal/shell"
)

// run carries out RUN.
func (s *stageBuilder) run(in *instruction, c *instructions.RunCommand, m mode) {
	if m == replay {
		for i := range in.commands {
			s.account(&in.commands[i])
		}
		s.mounts(in, c, nil, nil)
		return
	}
	r := Run{
		Form: "shell", Commands: []runCommand{}, Packages: []packageCommand{}, Env: []Env{}, Mounts: []mount{},
		Network: string(instructions.GetNetwork(c)), Security: instructions.GetSecurity(c), Onbuild: m == record,
		Follows: m == own && s.follows(in),
	}
	at := runAnchors{all: in.at(atWhole, 0)}
	place := in.at(atScript, 0)
	s.text(&r, c, &place)
	s.mounts(in, c, &r, &at)
	cmds := s.commands(&r, c)
	if !r.Opaque {
		in.commands = cmds
		s.list(&r, &at, in.commands, place)
		s.packages(&r, in.commands, m)
		at.text, at.packages = r.Text, r.Packages
		for i := range in.commands {
			s.files(in.commands, i, &at, m)
		}
	}
	s.variables(in, cmds, &r, &at, place)
	s.secrets(in, &r, place)
	s.rust(cmds, place)
	s.facts.Runs = append(s.facts.Runs, r)
	s.runOrder = append(s.runOrder, s.order)
	s.at.runs = append(s.at.runs, at)
}

// list notes the commands.
func (s *stageBuilder) list(r *Run, at *runAnchors, cmds []shell.Command, place anchor) {
	r.Commands = make([]runCommand, len(cmds))
	at.commands = make([]anchor, len(cmds))
	for i := range cmds {
		cmd := &cmds[i]
		c := &r.Commands[i]
		*c = runCommand{
			Name: cmd.Name, Args: cmd.Args, Via: cmd.Via, Pipeline: cmd.Pipeline, Joined: cmd.Joined,
			Unguarded: cmd.Piped, MayFail: cmd.MayFail, Nested: cmd.Nested, Redirects: []redirect{},
		}
		for _, d := range cmd.Redirects {
			c.Redirects = append(c.Redirects, redirect{Op: d.Op, FD: d.FD, Target: d.Target})
		}
		if cmd.Name != "" {
			c.Program = path.Base(cmd.Name)
			s.facts.Calls[c.Program] = append(s.facts.Calls[c.Program], call{Run: len(s.facts.Runs), Command: i})
		}
		at.commands[i] = bytesOf(place, cmd.Offset, cmd.End)
	}
}

// bytesOf is an anchor of a part of a script.
func bytesOf(place anchor, from, to int) anchor {
	place.n, place.m = from, to
	return place
}

// follows tells whether the instruction in front is a RUN with the same flags.
func (s *stageBuilder) follows(in *instruction) bool {
	if s.before == nil {
		return false
	}
	_, run := s.before.cmd.(*instructions.RunCommand)
	return run && slices.Equal(s.before.flags(), in.flags())
}

// text works out what runs (dispatchRun).
func (s *stageBuilder) text(r *Run, c *instructions.RunCommand, place *anchor) {
	switch {
	case !c.PrependShell:
		r.Form = "exec"
		r.Text = strings.Join(c.CmdLine, " ")
		place.part = atArgs
	case len(c.Files) == 0:
		r.Text = strings.Join(c.CmdLine, " ")
	case parser.MustParseHeredoc(c.CmdLine[0]) != nil:
		r.Form = "heredoc"
		r.Text = c.Files[0].Data
		place.heredoc = true
		if c.Files[0].Chomp {
			r.Text, place.chomp = parser.ChompHeredocContent(r.Text), true
		}
	default:
		r.Form = "heredoc"
		var b strings.Builder
		b.WriteString(c.CmdLine[0])
		for _, f := range c.Files {
			b.WriteString("\n" + f.Data + f.Name)
		}
		r.Text = b.String()
	}
}

// environment is what commands see, as far as the file says.
func (s *stageBuilder) environment() map[string]string {
	if s.known == nil {
		s.b.budget -= len(s.scope.vars)
		s.known = make(map[string]string, len(s.scope.vars))
		for name, v := range s.scope.vars {
			if v.known {
				s.known[name] = v.value
			}
		}
	}
	return s.known
}

// mounts notes what is mounted. r is nil where a trigger runs that is noted elsewhere.
func (s *stageBuilder) mounts(in *instruction, c *instructions.RunCommand, r *Run, at *runAnchors) {
	if len(instructions.GetMounts(c)) == 0 {
		return
	}
	err := c.Expand(func(word string) (string, error) { return s.scope.expand(word).text, nil })
	if err != nil && !slices.ContainsFunc(in.flags(), func(f string) bool { return strings.Contains(f, "$") }) {
		s.b.errorf(in.node.StartLine, "check the mount against the Dockerfile reference", "%v", err)
	}
	for i, t := range instructions.GetMounts(c) {
		l := link{stage: s.index, name: t.From, copies: -1, runs: -1}
		if r != nil {
			mt := mount{
				Type: string(t.Type), From: t.From, Stage: -1, ID: t.CacheID, Source: t.Source, Target: t.Target,
				ReadOnly: t.ReadOnly, Required: t.Required,
			}
			if t.Env != nil {
				mt.Env = *t.Env
			}
			r.Mounts = append(r.Mounts, mt)
			at.mounts = append(at.mounts, in.at(atFlag, nthFlag(in.flags(), "--mount", i)))
			l.runs, l.mounts, l.at = len(s.facts.Runs), i, at.mounts[i]
		}
		if r == nil || !r.Onbuild {
			s.b.link(in, l)
		}
	}
}

// nthFlag is the place among all flags of the n-th flag of a name.
func nthFlag(flags []string, name string, n int) int {
	for i, f := range flags {
		if strings.HasPrefix(f, name+"=") {
			if n == 0 {
				return i
			}
			n--
		}
	}
	return 0
}

// variables notes what the commands set.
func (s *stageBuilder) variables(in *instruction, cmds []shell.Command, r *Run, at *runAnchors, place anchor) {
	seen := map[[2]int]bool(nil)
	for i := range cmds {
		for _, a := range cmds[i].Env {
			key := [2]int{a.Offset, a.End}
			if i > 0 && seen[key] && slices.ContainsFunc(r.Env, func(e Env) bool { return e.Name == a.Name }) {
				continue // sudo A=1 cmd is two commands with one assignment
			}
			if seen == nil {
				seen = make(map[[2]int]bool)
			}
			seen[key] = true
			e := s.b.env(a.Name, a.Value)
			e.Known, e.Onbuild = a.Known, r.Onbuild
			here := bytesOf(place, a.Offset, a.End)
			r.Env = append(r.Env, e)
			at.env = append(at.env, here)
			if e.Secret.Found {
				s.secret(in, e.Name, e.Secret, here)
			}
			if shell.Rustflags(a.Name) {
				s.rustflags(a.Name, e.Value, e.Known, here)
			}
		}
	}
}

// secrets notes what looks like a secret in the text and is no variable's value.
func (s *stageBuilder) secrets(in *instruction, r *Run, place anchor) {
	for _, h := range secret.Find(r.Text) {
		s.b.secrets = append(s.b.secrets, h.Value)
		if slices.ContainsFunc(r.Env, func(e Env) bool { return e.Secret.Found && e.Secret.Masked == h.Verdict.Masked }) {
			continue
		}
		i := occurrence(r.Text, h.Value)
		s.secret(in, "", h.Verdict, bytesOf(place, i, i+len(h.Value)))
	}
}

// occurrence is where a secret stands in a text: a short one may occur elsewhere too, so the place
// behind a word that announces it counts, or behind an account for chpasswd, else the first.
func occurrence(text, value string) int {
	if i := strings.Index(text, ":"+value); i >= 0 {
		if line, _, _ := strings.Cut(text[i:], "\n"); strings.Contains(line, "passwd") {
			return i + 1
		}
	}
	for from := 0; ; {
		i := strings.Index(text[from:], value)
		if i < 0 {
			return max(strings.Index(text, value), 0)
		}
		i += from
		before := strings.ToLower(text[max(0, i-24):i])
		if slices.ContainsFunc(stems[:], func(s string) bool { return strings.Contains(before, s) }) {
			return i
		}
		from = i + len(value)
	}
}
