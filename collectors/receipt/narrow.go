package receipt

import (
	"path"
	"slices"
	"strings"

	"sallyport/internal/shell"
)

// checks tells whether a formatter only looks: rustfmt --check, prettier -c. rustfmt -l formats as well as it lists.
func checks(cmd *shell.Command) bool {
	words := []string{"--check"}
	switch path.Base(cmd.Name) {
	case "gofmt":
		words = []string{"-l", "-d"}
	case "prettier":
		words = []string{"--check", "-c", "-l", "--list-different"}
	}
	return slices.ContainsFunc(cmd.Args, func(a string) bool { return slices.Contains(words, a) })
}

// acting are the words after a subcommand of cargo without which it does something else, or nothing.
var acting = map[string][]string{
	"nextest": {"run", "r"}, "deny": {"check"}, "miri": {"test", "nextest"},
}

// idling are those after which it does not run the task.
var idling = map[string][]string{
	"llvm-cov": {"report", "show-env", "clean"}, "mutants": {"--list", "--list-files"},
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
	found := shell.Cargo([]shell.Command{*cmd})
	if len(found) != 1 {
		return ""
	}
	sub := found[0].Subcommand
	first := ""
	for _, a := range operands(found[0].Args) {
		if first == "" {
			first = a
		}
		if slices.Contains(idling[sub], a) {
			return sub + " " + a
		}
	}
	if wanted := acting[sub]; wanted != nil && !slices.Contains(wanted, first) {
		return strings.TrimSpace(sub + " " + first)
	}
	return ""
}

// valued are options of cargo and its subcommands that take the next word, and those of the programs behind --.
var valued = strings.Fields(`-p --package --exclude --bin --test --example --bench -F --features --target --target-dir --profile -j --jobs
	--manifest-path --message-format --color --config -Z -C --skip --test-threads --format --logfile --shuffle-seed -E --filterset
	--filter-expr --partition --archive-file --retries --tool-config-file --cargo-profile -A --allow -W --warn -D --deny -F --forbid --cap-lints
	--ignore --file -f --db --log-level --edition --config-path --emit --deselect`)

// operands are the words of a command that are no options and no values of options.
func operands(args []string) []string {
	var found []string
	for i := 0; i < len(args); i++ {
		switch {
		case slices.Contains(valued, args[i]):
			i++
		case !strings.HasPrefix(args[i], "-"):
			found = append(found, args[i])
		}
	}
	return found
}

// portion is the reason of words after which a task looks at less than all of the workspace. What is called so may be meant so.
const portion = "looks at a part alone"

// parts are options that choose, by the task that they narrow.
var parts = map[string][]string{
	"clippy": {"-p", "--package", "--lib", "--bin", "--bins", "--test", "--tests", "--example", "--examples", "--bench", "--benches", "--manifest-path"},
	"test": {
		"-p", "--package", "--lib", "--bin", "--bins", "--test", "--example", "--examples", "--doc", "--manifest-path", "--ignored", "-E", "--filterset", "--filter-expr",
		"--partition", "-k", "-m",
	},
	"fmt":   {"-p", "--package", "--manifest-path", "--skip-children"},
	"audit": {"-f", "--file", "--target-arch", "--target-os"},
	"deny":  {"--manifest-path", "--config", "-t", "--target"},
	"bench": {"-p", "--package", "--bench", "--manifest-path"},
}

// settings are options of scanners that keep results out of a report; true where a value follows.
var settings = map[string]bool{
	"--severity": true, "--ignore-unfixed": false, "--only-fixed": false, "--only-notfixed": false, "--skip-dirs": true, "--skip-files": true,
	"--ignorefile": true, "--ignore-policy": true, "--ignore-status": true, "--baseline-path": true, "-b": true, "--exclude-paths": true,
	"--exclude-rule": true, "--only-verified": false, "--exit-code": false,
}

// narrow collects the words with which a task says less than it could.
func narrow(c *Command, task string, cmd *shell.Command) {
	add := func(name, reason string) { c.Narrowed = append(c.Narrowed, Narrowing{name, reason}) }
	for i, a := range cmd.Args {
		next := ""
		if i+1 < len(cmd.Args) {
			next = cmd.Args[i+1]
		}
		name, _, joined := strings.Cut(a, "=")
		said := a
		if !joined {
			said = strings.TrimSpace(a + " " + next)
		}
		follows, scanner := settings[name]
		switch {
		case slices.Contains([]string{"--exclude", "--ignore", "--skip", "--deselect"}, name):
			add(said, "leaves something out")
		case slices.Contains(parts[task], name):
			if !slices.Contains(valued, name) && !joined {
				said = a
			}
			add(said, portion)
		case task == "test" && (a == "--no-tests=pass" || a == "--no-tests" && next == "pass"):
			add(said, "passes where no test ran")
		case scanner && slices.Contains(scanners, task) && name != "--exit-code":
			if !follows {
				said = a
			}
			add(said, "leaves something out")
		}
	}
	if task == "clippy" && slices.Contains(cmd.Args, "--no-deps") && !slices.Contains(cmd.Args, "--workspace") && !slices.Contains(cmd.Args, "--all") {
		add("--no-deps", portion)
	}
	if filter := chosen(task, cmd); filter != "" {
		add(filter, portion)
	}
}

var scanners = []string{"trivy", "grype", "osv-scanner", "gitleaks", "trufflehog", "semgrep"}

// chosen is the first word that picks tests by their name, files to be formatted, or checks of cargo deny.
func chosen(task string, cmd *shell.Command) string {
	found := shell.Cargo([]shell.Command{*cmd})
	if path.Base(cmd.Name) == "rustfmt" {
		return strings.Join(operands(cmd.Args), " ")
	}
	if len(found) != 1 {
		return ""
	}
	words := operands(found[0].Args)
	switch sub := found[0].Subcommand; {
	case task == "deny" && len(words) > 1 && !slices.Contains(words, "all"):
		return strings.Join(words[1:], " ")
	case sub == "nextest" && len(words) > 1:
		return words[1]
	case (sub == "test" || sub == "bench" || sub == "fmt") && len(words) > 0:
		return words[0]
	}
	return ""
}

// broad tells of groups of lints; to allow a single lint is a choice of style.
func broad(lint string) bool {
	switch strings.ReplaceAll(lint, "-", "_") {
	case "warnings", "clippy::all", "clippy::correctness", "clippy::suspicious", "unused", "clippy::complexity", "clippy::perf", "clippy::style":
		return true
	}
	return false
}

// allowing are the words that let groups of lints pass, as the compiler takes them.
func allowing(words []string) string {
	for i, w := range words {
		next := ""
		if i+1 < len(words) {
			next = words[i+1]
		}
		joined, isJoined := strings.CutPrefix(w, "--allow=")
		switch {
		case w == "--cap-lints" || (w == "-A" || w == "--allow") && broad(next):
			return w + " " + next
		case strings.HasPrefix(w, "--cap-lints=") || strings.HasPrefix(w, "-A") && broad(w[2:]) || isJoined && broad(joined):
			return w
		}
	}
	return ""
}

// denying tells whether words make an error of every warning.
func denying(words []string) bool {
	for i, w := range words {
		if w == "-Dwarnings" || w == "--deny=warnings" || (w == "-D" || w == "--deny") && i+1 < len(words) && words[i+1] == "warnings" {
			return true
		}
		if strings.Contains(w, " ") && denying(strings.Fields(w)) {
			return true
		}
	}
	return false
}
