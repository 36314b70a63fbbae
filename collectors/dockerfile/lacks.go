package dockerfile

import (
	"path"
	"slices"
	"strings"
	"sync"

	"sallyport/internal/shell"
)

// checks says what the health check of a stage needs and the stage does not have.
func (b *builder) checks() {
	for _, s := range b.stages {
		h := &s.facts.Healthcheck
		if h.Kind != "cmd" || len(h.Command.Argv) == 0 {
			continue
		}
		if s.facts.System.Shell == "absent" && isShell(h.Command.Argv[0]) {
			h.Lacks = "shell"
			continue
		}
		argv := unwrap(h.Command.Argv)
		if isShell(h.Command.Argv[0]) { // the first command decides, and others may stand in for it
			argv = firstCommand(h.Command.Argv)
		}
		if len(argv) == 0 {
			continue
		}
		tool := path.Base(argv[0])
		if (tool == "curl" || tool == "wget" || tool == "nc") && s.facts.System.ProgramsKnown &&
			!slices.Contains(s.facts.System.Programs, tool) && !b.mentions(s, tool) {
			h.Lacks = tool
		}
	}
}

// firstCommand is the first command of a shell's command line, where no other may stand in for it.
func firstCommand(argv []string) []string {
	text := argv[len(argv)-1]
	parsed, err := shell.Parse(text, nil)
	if err != nil || len(parsed.Commands) == 0 {
		return nil
	}
	for _, c := range parsed.Commands[1:] {
		if base := path.Base(c.Name); base != "exit" && base != "grep" && base != "false" {
			return nil
		}
	}
	return append([]string{parsed.Commands[0].Name}, parsed.Commands[0].Args...)
}

// mentions tells whether anything that a stage runs or copies may bring a program: its name occurs, or a script of
// the context runs, which may install whatever it wants.
func (b *builder) mentions(s *stageBuilder, tool string) bool {
	for _, stage := range b.chain(s.index) {
		if len(stage.facts.Base.Candidates) > 0 {
			return true
		}
		for _, r := range stage.facts.Runs {
			if r.Opaque || strings.Contains(r.Text, tool) || strings.Contains(r.Text, "busybox") || strings.Contains(r.Text, "netcat") || strings.Contains(r.Text, "$") ||
				slices.ContainsFunc(r.Commands, func(c runCommand) bool {
					return strings.Contains(c.Name, "/") || isShell(c.Program) || c.Program == "." || c.Program == "source"
				}) {
				return true
			}
		}
		for _, t := range stage.facts.Copies {
			if bringsShell(t) || strings.Contains(t.Path, "bin") && t.From != "" || strings.Contains(strings.Join(t.Sources, " "), tool) {
				return true
			}
		}
	}
	return false
}

// compilers are the commands that compile a program, by language.
var compilers = sync.OnceValue(func() map[string]map[string]string {
	return map[string]map[string]string{
		"rust": {"cargo": "build install rustc run auditable"}, "go": {"go": "build install run"}, "dotnet": {"dotnet": "build publish run"},
		"java": {"mvn": "", "mvnw": "", "gradle": "", "gradlew": "", "javac": ""}, "c": {"make": "", "gcc": "", "g++": "", "cmake": ""},
		"haskell": {"stack": "build install", "cabal": "build install", "ghc": ""}, "swift": {"swift": "build"}, "dart": {"dart": "compile"},
	}
})

// compiled tells whether a stage, or one that it is built on, compiles a program in the language of its image, and
// is there to run it. An image that runs a shell or the toolchain itself exists to build.
func (b *builder) compiled() {
	for _, s := range b.stages {
		programs := compilers()[s.facts.System.Toolchain]
		name := path.Base(s.facts.Program.Name)
		_, tool := programs[name]
		if s.facts.Program.Name == "" || isShell(name) || tool && !slices.ContainsFunc(s.facts.Program.Args, func(a string) bool { return strings.HasSuffix(strings.ToLower(a), "run") }) {
			continue
		}
		for _, stage := range b.chain(s.index) {
			for _, r := range stage.facts.Runs {
				for _, c := range r.Commands {
					subs, ok := programs[c.Program]
					if ok && (subs == "" || slices.Contains(strings.Fields(subs), subcommand(c.Args))) {
						s.facts.Compiles = true
					}
				}
			}
		}
	}
}
