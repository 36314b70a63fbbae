package receipt

import (
	"path"
	"slices"
	"strings"

	"sallyport/internal/shell"
)

// tasks are what a subcommand of cargo does.
var tasks = map[string]string{
	"clippy": "clippy", "fmt": "fmt", "test": "test", "t": "test", "nextest": "test", "llvm-cov": "test", "tarpaulin": "test", "miri": "test",
	"careful": "test", "mutants": "test", "bench": "bench", "criterion": "bench", "codspeed": "bench", "audit": "audit", "deny": "deny",
	"build": "build", "check": "check", "doc": "doc", "vet": "vet", "machete": "machete", "udeps": "udeps", "semver-checks": "semver-checks",
	"hack": "", "make": "", "xtask": "", "run": "", "watch": "", "just": "",
}

// programs are what other programs do, by the first word after them where it matters.
var programs = map[string]string{
	"cargo-clippy": "clippy", "clippy-driver": "clippy", "rustfmt": "fmt", "cargo-fmt": "fmt", "cargo-nextest": "test", "cargo-audit": "audit",
	"cargo-deny": "deny", "pytest": "test", "ctest": "test", "bats": "test", "k6": "bench", "hyperfine": "bench", "criterion": "bench",
	"go test": "test", "npm test": "test", "pnpm test": "test", "yarn test": "test", "gofmt": "fmt", "black": "fmt", "prettier": "fmt",
}

// idle are programs that do nothing of their own in a script of checks.
var idle = strings.Fields("true false echo printf : cd set exit export test [ [[ mkdir rm cp mv cat tee ls pwd sleep date env sudo time nice timeout xargs sh bash dash zsh command exec trap unset umask rustup")

// interpret says what a command does, as far as its words tell.
func interpret(c *Command) {
	quoted := make([]string, len(c.Argv))
	for i, word := range c.Argv {
		quoted[i] = "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
	}
	script, err := shell.Parse(strings.Join(quoted, " "), nil)
	if err != nil {
		c.Opaque = true
		return
	}
	for i := range script.Commands {
		cmd := &script.Commands[i]
		task, known := taskOf(cmd)
		if !known {
			c.Opaque = c.Opaque || !slices.Contains(idle, path.Base(cmd.Name)) && cmd.Name != ""
			continue
		}
		if task == "fmt" && !checks(cmd) {
			c.Narrowed = append(c.Narrowed, Narrowing{words(cmd), "formats, and does not check"})
			continue
		}
		if idles := idleWord(task, cmd); idles != "" {
			c.Narrowed = append(c.Narrowed, Narrowing{idles, "runs nothing"})
			continue
		}
		if !slices.Contains(c.Does, task) {
			c.Does = append(c.Does, task)
		}
		narrow(c, task, cmd)
		mask(c, script.Commands, i)
	}
}

// taskOf returns the task of a command; known is false where the words do not tell.
func taskOf(cmd *shell.Command) (task string, known bool) {
	if found := shell.Cargo([]shell.Command{*cmd}); len(found) == 1 {
		task = tasks[found[0].Subcommand]
		return task, task != ""
	}
	name := path.Base(cmd.Name)
	if task = programs[name]; task == "" && len(cmd.Args) > 0 {
		task = programs[name+" "+cmd.Args[0]]
	}
	return task, task != ""
}

func words(cmd *shell.Command) string {
	return strings.Join(append([]string{path.Base(cmd.Name)}, cmd.Args...), " ")
}

// checks tells whether a formatter only looks: rustfmt --check, gofmt -l, prettier -c.
func checks(cmd *shell.Command) bool {
	return slices.ContainsFunc(cmd.Args, func(a string) bool {
		return a == "--check" || a == "-l" || a == "-d" || a == "-c" && path.Base(cmd.Name) == "prettier" || a == "--list-different"
	})
}

// idleWord is the word that makes a task do nothing.
func idleWord(task string, cmd *shell.Command) string {
	for _, a := range cmd.Args {
		switch {
		case a == "--help" || a == "-h" || a == "--version" || a == "-V":
			return a
		case (task == "test" || task == "bench") && (a == "--no-run" || a == "--list" || a == "--collect-only"):
			return a
		}
	}
	return ""
}

// narrow collects the words with which a task says less than it could.
func narrow(c *Command, task string, cmd *shell.Command) {
	add := func(name, reason string) { c.Narrowed = append(c.Narrowed, Narrowing{name, reason}) }
	for i, a := range cmd.Args {
		next := ""
		if i+1 < len(cmd.Args) {
			next = cmd.Args[i+1]
		}
		switch {
		case a == "--exclude" || a == "--ignore" || a == "--skip" || a == "--deselect":
			add(strings.TrimSpace(a+" "+next), "leaves something out")
		case strings.HasPrefix(a, "--exclude=") || strings.HasPrefix(a, "--ignore=") || strings.HasPrefix(a, "--skip="):
			add(a, "leaves something out")
		case task != "clippy":
		case a == "--cap-lints" || (a == "-A" || a == "--allow") && broad(next):
			add(a+" "+next, "allows or caps lints")
		case strings.HasPrefix(a, "--cap-lints=") || strings.HasPrefix(a, "-A") && broad(a[2:]) || broad(strings.TrimPrefix(a, "--allow=")) && a != strings.TrimPrefix(a, "--allow="):
			add(a, "allows or caps lints")
		}
	}
}

// broad tells of groups of lints; to allow a single lint is a choice of style.
func broad(lint string) bool {
	switch strings.ReplaceAll(lint, "-", "_") {
	case "warnings", "clippy::all", "clippy::correctness", "clippy::suspicious", "unused", "clippy::complexity", "clippy::perf", "clippy::style":
		return true
	}
	return false
}

// quiet tells whether a variable hands such words to the compiler.
func quiet(name, value string) bool {
	if !strings.HasSuffix(name, "RUSTFLAGS") {
		return false
	}
	flags := strings.FieldsFunc(value, func(c rune) bool { return c == ' ' || c == 0x1f })
	for i, f := range flags {
		next := ""
		if i+1 < len(flags) {
			next = flags[i+1]
		}
		if strings.HasPrefix(f, "--cap-lints") || f == "-A" && broad(next) || strings.HasPrefix(f, "-A") && broad(f[2:]) {
			return true
		}
	}
	return false
}

// stops tells whether a shell among the commands ends at the first failure: sh -e, set -e.
func stops(cmds []shell.Command) bool {
	for i := range cmds {
		switch path.Base(cmds[i].Name) {
		case "sh", "bash", "dash", "zsh", "set":
		default:
			continue
		}
		for n, a := range cmds[i].Args {
			if !strings.HasPrefix(a, "-") || strings.HasPrefix(a, "--") {
				if n > 0 && cmds[i].Args[n-1] == "-o" {
					continue
				}
				break
			}
			if strings.Contains(a, "e") || strings.HasSuffix(a, "o") && n+1 < len(cmds[i].Args) && cmds[i].Args[n+1] == "errexit" {
				return true
			}
		}
	}
	return false
}

// mask says why the exit code may not be that of a command.
func mask(c *Command, cmds []shell.Command, i int) {
	cmd := &cmds[i]
	after := ""
	for j := i + 1; j < len(cmds); j++ {
		if !stops(cmds[:i]) && cmds[j].Via == cmd.Via && cmds[j].Joined != "&&" && cmds[j].Pipeline != cmd.Pipeline {
			after = strings.TrimSpace(cmds[j].Joined + " " + cmds[j].Name)
			break
		}
	}
	switch {
	case cmd.MayFail:
		c.Masked = append(c.Masked, "a failure of "+words(cmd)+" is let pass")
	case cmd.Piped:
		c.Masked = append(c.Masked, words(cmd)+" stands before a pipe without pipefail")
	case after != "":
		c.Masked = append(c.Masked, words(cmd)+" is followed by "+after)
	}
	for _, a := range cmd.Args {
		if a == "--exit-zero" || a == "--exit-code=0" {
			c.Masked = append(c.Masked, a+" makes the exit code 0")
		}
	}
}
