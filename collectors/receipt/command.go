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
	"trivy": "trivy", "grype": "grype", "osv-scanner": "osv-scanner", "gitleaks": "gitleaks", "trufflehog": "trufflehog", "semgrep": "semgrep",
}

// nothing are programs that succeed whatever the tree holds.
var nothing = strings.Fields("true : echo printf cd set exit sleep date pwd export env sudo time nice timeout sh bash dash zsh command exec trap unset umask ls")

// idle are programs that do nothing of their own in a script of checks.
var idle = strings.Fields("true false echo printf : cd set exit export test [ [[ mkdir rm cp mv cat tee ls pwd sleep date env sudo time nice timeout xargs sh bash dash zsh command exec trap unset umask rustup")

// telling are the subcommands of cargo whose output Counts are read from.
var telling = []string{"test", "nextest", "clippy"}

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
	c.Idle = true
	for i := range script.Commands {
		cmd := &script.Commands[i]
		c.Idle = c.Idle && (cmd.Name == "" || slices.Contains(nothing, path.Base(cmd.Name)))
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
		if found := shell.Cargo([]shell.Command{*cmd}); len(found) == 1 && slices.Contains(telling, found[0].Subcommand) && !slices.Contains(c.Tells, task) {
			c.Tells = append(c.Tells, task)
		}
		narrow(c, task, cmd)
		mask(c, task, script.Commands, i)
	}
	c.Denies = denying(c.Argv)
	if len(c.Does) > 0 {
		disguised(c, script.Commands)
	}
}

// taskOf returns the task of a command; known is false where the words do not tell. A program by a relative path is one of the
// tree, whatever its name.
func taskOf(cmd *shell.Command) (task string, known bool) {
	if strings.Contains(cmd.Name, "/") && !path.IsAbs(cmd.Name) {
		return "", false
	}
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
