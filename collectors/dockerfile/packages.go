package dockerfile

import (
	"path"
	"slices"
	"strings"

	"sallyport/internal/packages"
	"sallyport/internal/shell"
)

// A configuration is what files of package managers' configuration say from some instruction on.
type configuration struct {
	noRecommends, yes bool // apt
	keep              bool // apt: downloaded packages, which official images are told to remove
	noRecommendsZypp  bool
	pipUncached       bool
}

// packages notes what package managers do. An ONBUILD trigger changes nothing here.
func (s *stageBuilder) packages(r *Run, cmds []shell.Command, m mode) {
	state := s.config
	p := packageReader{s: s, r: r, cmds: cmds, state: &state}
	for i := range cmds {
		p.command(i)
	}
	for i := range r.Packages {
		if c := &r.Packages[i]; p.left[i].holds != "" && !p.cleaned(c, &p.left[i]) {
			c.KeepsCache, c.Cache = true, p.left[i].holds
		}
	}
	if m == own {
		s.config = state
	}
}

// A packageReader works through the commands of one RUN instruction.
type packageReader struct {
	s     *stageBuilder
	r     *Run
	cmds  []shell.Command
	state *configuration
	// exported are the variables that commands so far have exported.
	exported map[string]string
	// refreshed are the managers whose index has been fetched.
	refreshed []string
	// left is what each package command leaves as such, and removals is what commands remove, once that is needed.
	left     []leftover
	removals []removal
	searched bool
	emptied  map[string]int
}

func (p *packageReader) command(i int) {
	c := &p.cmds[i]
	if c.Name == "export" || c.Name == "declare" {
		for _, v := range c.Env {
			if p.exported == nil {
				p.exported = make(map[string]string)
			}
			p.exported[v.Name] = v.Value
		}
		return
	}
	cmd, ok := packages.Parse(c.Name, c.Args)
	if !ok {
		p.configure(c)
		return
	}
	p.locked(i, &cmd)
	if cmd.Manager == "apt" {
		cmd.Recommends = cmd.Recommends && !p.state.noRecommends
		cmd.AssumeYes = cmd.AssumeYes || p.state.yes
	}
	if cmd.Manager == "zypper" {
		cmd.Recommends = cmd.Recommends && !p.state.noRecommendsZypp
	}
	cmd.AssumeYes = cmd.AssumeYes || p.answered(i)
	if cmd.Action == "refresh" {
		p.refreshed = append(p.refreshed, cmd.Manager)
	}
	p.add(i, cmd)
}

// answered tells whether the command reads its answers from yes(1).
func (p *packageReader) answered(i int) bool {
	for j := i; j >= 0 && j > i-maxBack && p.cmds[j].Pipeline == p.cmds[i].Pipeline; j-- {
		if base := path.Base(p.cmds[j].Name); base == "yes" || base == "echo" && j < i {
			return true
		}
	}
	return false
}

// add notes a command.
func (p *packageReader) add(i int, cmd packages.Command) {
	p.r.Packages = append(p.r.Packages, packageCommand{
		Manager: cmd.Manager, Program: cmd.Program, Command: i, Action: cmd.Action, Subcommand: cmd.Subcommand,
		Packages: whole(cmd.Packages), Flags: whole(cmd.Flags), AssumeYes: cmd.AssumeYes, Recommends: cmd.Recommends,
		Refreshed:  cmd.Action == "install" && (cmd.Fetches || slices.Contains(p.refreshed, cmd.Manager)),
		Unverified: whole(cmd.Unverified), Locked: cmd.Locked, Nested: p.cmds[i].Nested,
	})
	p.left = append(p.left, p.leaves(&p.r.Packages[len(p.r.Packages)-1], &cmd))
}

// whole is a list that encodes as [] and never as null.
func whole[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// variable is the value of an environment variable for a command: its own assignment, an export before it, or
// what ENV and ARG set; "" where it is not set.
func (p *packageReader) variable(i int, name string) string {
	for _, v := range p.cmds[i].Env {
		if v.Name == name {
			return v.Value
		}
	}
	if v, ok := p.exported[name]; ok {
		return v
	}
	if v := p.s.scope.vars[name]; v.known {
		return v.value
	}
	return ""
}

// locked applies the variables that make a manager obey a lock file.
func (p *packageReader) locked(i int, cmd *packages.Command) {
	switch {
	case cmd.Action != "install":
	case cmd.Manager == "bundle":
		cmd.Locked = cmd.Locked || truthy(p.variable(i, "BUNDLE_FROZEN")) || truthy(p.variable(i, "BUNDLE_DEPLOYMENT"))
	case cmd.Manager == "pip":
		cmd.Locked = cmd.Locked || truthy(p.variable(i, "PIP_REQUIRE_HASHES")) || p.variable(i, "PIP_CONSTRAINT") != ""
	}
}

// truthy reads a switch as pip and others do.
func truthy(value string) bool {
	switch strings.ToLower(value) {
	case "1", "true", "yes", "on", "t", "y":
		return true
	}
	return false
}
