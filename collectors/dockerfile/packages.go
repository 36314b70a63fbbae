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
		p.caches(&r.Packages[i], &p.parsed[i])
	}
	if m == own {
		s.config = state
	}
}

// A packageReader works through the commands of one RUN instruction.
type packageReader struct {
	s      *stageBuilder
	r      *Run
	cmds   []shell.Command
	state  *configuration
	parsed []parsedCommand
	// refreshed are the managers whose index has been fetched.
	refreshed []string
	removals  []removal
	searched  bool
}

// A parsedCommand is a command with what is known where it stands.
type parsedCommand struct {
	packages.Command
	configuration
}

func (p *packageReader) command(i int) {
	c := &p.cmds[i]
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
	for j := i; j >= 0 && p.cmds[j].Pipeline == p.cmds[i].Pipeline; j-- {
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
	p.parsed = append(p.parsed, parsedCommand{cmd, *p.state})
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
	for j := i; j >= 0; j-- {
		for _, v := range p.cmds[j].Env {
			if v.Name == name && (j == i || v.Exported && (p.cmds[j].Name == "export" || p.cmds[j].Name == "declare")) {
				return v.Value
			}
		}
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
