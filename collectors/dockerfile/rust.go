package dockerfile

import (
	"path"
	"slices"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"

	"sallyport/internal/shell"
)

// rust notes what commands do with cargo, rustup and the compiler.
func (s *stageBuilder) rust(cmds []shell.Command, place anchor) {
	if len(cmds) == 0 {
		return
	}
	first := len(s.facts.Cargo)
	for _, c := range shell.Cargo(cmds) {
		cmd := &cmds[c.At]
		at := bytesOf(place, cmd.Offset, cmd.End)
		s.facts.Cargo = append(s.facts.Cargo, c)
		s.at.cargo = append(s.at.cargo, at)
		flags := c.Rustflags
		for _, v := range cmd.Env { // noted as variables
			if shell.Rustflags(v.Name) {
				flags = strings.TrimPrefix(strings.TrimPrefix(flags, v.Value), " ")
			}
		}
		if strings.Contains(flags, targetCPU) {
			s.rustflags("cargo", flags, !strings.Contains(flags, "$"), at)
		}
	}
	chosen := shell.Rustup(cmds)
	for _, r := range chosen {
		s.facts.Rustup = append(s.facts.Rustup, r)
		s.at.rustup = append(s.at.rustup, bytesOf(place, cmds[r.At].Offset, cmds[r.At].End))
	}
	for _, c := range s.facts.Cargo[first:] {
		cmd := &cmds[c.At]
		run := func(r shell.RustupCommand) bool { return cmds[r.At].Offset == cmd.Offset } // rustup run nightly cargo
		if c.Toolchain == "" || !c.Resolves || slices.ContainsFunc(chosen, run) {
			continue
		}
		t := shell.ParseToolchain(c.Toolchain)
		s.facts.Rustup = append(s.facts.Rustup, shell.RustupCommand{
			Name: c.Name, Action: c.Subcommand,
			Toolchains: []shell.Toolchain{t}, Moving: t.Kind == "moving",
		})
		s.at.rustup = append(s.at.rustup, bytesOf(place, cmd.Offset, cmd.End))
	}
	for i := range cmds {
		s.compiler(&cmds[i], place)
	}
}

const targetCPU = "target-cpu"

// compiler notes flags that rustc gets itself, and those that are written into a configuration of cargo.
func (s *stageBuilder) compiler(c *shell.Command, place anchor) {
	name, text := "config", ""
	switch path.Base(c.Name) {
	case "rustc":
		name, text = "rustc", strings.Join(c.Args, " ")
	case "echo", "printf":
		text = strings.Join(c.Args, " ")
	case "cat", "tee":
		text = uncommented(c.Input)
	}
	if strings.Contains(text, targetCPU) {
		s.rustflags(name, line(text, targetCPU), !strings.Contains(line(text, targetCPU), "$"), bytesOf(place, c.Offset, c.End))
	}
}

// uncommented is a text without the lines that are comments.
func uncommented(text string) string {
	if !strings.Contains(text, targetCPU) {
		return ""
	}
	var b strings.Builder
	for l := range strings.Lines(text) {
		if !strings.HasPrefix(strings.TrimSpace(l), "#") {
			b.WriteString(l)
		}
	}
	return b.String()
}

// line is the first line of a text with a word in it.
func line(text, word string) string {
	for l := range strings.Lines(text) {
		if strings.Contains(l, word) {
			return strings.TrimSpace(l)
		}
	}
	return ""
}

// invocations notes what ENTRYPOINT and CMD run.
func (s *stageBuilder) invocations(in *instruction, c *Command, at anchor) {
	text := strings.Join(c.Argv, " ")
	s.find(in, text, func(int, int) anchor { return at })
	if !strings.Contains(text, "cargo") && !strings.Contains(text, "rust") {
		return
	}
	var env map[string]string
	if strings.IndexByte(text, '$') >= 0 {
		env = s.environment()
	}
	parsed, _ := shell.Parse(quoted(c.Argv), env)
	s.rust(parsed.Commands, at)
}

// inline notes what a here-document of COPY and ADD writes.
func (s *stageBuilder) inline(in *instruction, c *instructions.SourceContent, destination string) {
	at := in.at(atWhole, 0)
	s.find(in, c.Data, func(int, int) anchor { return at })
	if text := uncommented(c.Data); strings.Contains(text, targetCPU) && strings.Contains(destination, "config") {
		s.rustflags("config", line(text, targetCPU), !strings.Contains(text, "$"), at)
	}
}
