package receipt

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"sallyport/internal/shell"
)

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
func mask(c *Command, task string, cmds []shell.Command, i int) {
	cmd := &cmds[i]
	add := func(reason string) {
		if !slices.Contains(c.Masked, reason) {
			c.Masked = append(c.Masked, reason)
		}
	}
	after := ""
	for j := i + 1; j < len(cmds); j++ {
		if !stops(cmds[:i]) && cmds[j].Via == cmd.Via && cmds[j].Joined != "&&" && cmds[j].Pipeline != cmd.Pipeline {
			after = strings.TrimSpace(cmds[j].Joined + " " + cmds[j].Name)
			break
		}
	}
	switch {
	case cmd.MayFail:
		add("a failure of " + words(cmd) + " is let pass")
	case cmd.Piped:
		add(words(cmd) + " stands before a pipe without pipefail")
	case after != "":
		add(words(cmd) + " is followed by " + after)
	case cmd.Joined == "||":
		add(words(cmd) + " runs only where what stands before || fails")
	}
	for _, before := range cmds[:i] {
		if before.Via == cmd.Via && !before.Nested && (before.Name == "exit" || before.Name == "exec" && before.End < cmd.Offset) && before.Joined != "||" {
			add(words(cmd) + " stands behind " + before.Name)
		}
	}
	for n, a := range cmd.Args {
		if a == "--exit-zero" || a == "--exit-code=0" || a == "--exit-code" && n+1 < len(cmd.Args) && cmd.Args[n+1] == "0" {
			add(strings.TrimSuffix(a, "=0") + " 0 makes the exit code 0")
		}
		if why := replaced(strings.TrimPrefix(a, "--config=")); why != "" && (strings.HasPrefix(a, "--config=") || n > 0 && cmd.Args[n-1] == "--config") {
			add(why)
		}
	}
	if path.Base(cmd.Name) == "gofmt" {
		add("gofmt ends with 0 whatever it finds")
	}
	if task == "clippy" {
		if w := allowing(cmd.Args); w != "" {
			add(w + " lets lints pass")
		}
	}
	for _, v := range cmd.Env {
		if why := variable(task, v.Name, v.Value); why != "" {
			add(why)
		}
	}
}

// variable says what a variable makes of a task.
func variable(task, name, value string) string {
	said := name + "=" + value
	switch {
	case strings.HasSuffix(name, "RUSTFLAGS"):
		flags := strings.FieldsFunc(value, func(c rune) bool { return c == ' ' || c == 0x1f })
		if task == "clippy" && allowing(flags) != "" {
			return said + " lets lints pass"
		}
	case strings.HasPrefix(name, "CARGO_ALIAS_"):
		if tasks[strings.ReplaceAll(strings.ToLower(strings.TrimPrefix(name, "CARGO_ALIAS_")), "_", "-")] == task {
			return said + " is what runs"
		}
	case strings.HasPrefix(name, "CARGO_TARGET_") && strings.HasSuffix(name, "_RUNNER"):
		if task == "test" && stranger(value) {
			return said + " runs in place of the tests"
		}
	case name == "PATH":
		for dir := range strings.SplitSeq(value, ":") {
			if dir == "" || !strings.ContainsAny(dir[:1], "/$~") || strings.Contains(dir, "PWD") || strings.Contains(dir, "pwd") {
				return said + " has programs of the tree found first"
			}
		}
	case slices.Contains([]string{"RUSTC", "RUSTC_WRAPPER", "RUSTC_WORKSPACE_WRAPPER", "RUSTFMT", "RUSTDOC", "CARGO", "CARGO_BUILD_RUSTC", "CARGO_BUILD_RUSTC_WRAPPER"}, name):
		if value != "" && stranger(value) {
			return said + " is not the tool of that name"
		}
	case name == "NEXTEST_NO_TESTS" && value == "pass":
		return said + " passes where no test ran"
	}
	return ""
}

// stranger tells of a program that does nothing, or is one of the tree.
func stranger(command string) bool {
	program, _, _ := strings.Cut(strings.TrimSpace(command), " ")
	return slices.Contains(idle, path.Base(program)) && program != "env" && program != "sudo" || strings.Contains(program, "/") && !path.IsAbs(program)
}

// replaced says what a setting of cargo --config makes of its command.
func replaced(setting string) string {
	key, value, _ := strings.Cut(setting, "=")
	key, value = strings.TrimSpace(key), strings.Trim(strings.TrimSpace(value), `"'[]`)
	switch {
	case strings.HasPrefix(key, "alias."):
		return "--config " + setting + " is what runs"
	case strings.HasSuffix(key, "rustflags"):
		if flags := strings.FieldsFunc(value, func(c rune) bool { return strings.ContainsRune(` ,"'`, c) }); allowing(flags) != "" {
			return "--config " + setting + " lets lints pass"
		}
	case strings.HasSuffix(key, ".runner") || key == "build.rustc" || strings.HasSuffix(key, "wrapper"):
		if stranger(value) {
			return "--config " + setting + " runs in place of what is checked"
		}
	}
	return ""
}

var patterns = sync.OnceValues(func() (function, keyword *regexp.Regexp) {
	return regexp.MustCompile(`(?:^|[;&|{}()\s])([A-Za-z_][\w-]*)\s*\(\s*\)`), regexp.MustCompile(`(?:^|[;&|{}()\s])(?:if|while|until|case|for)\s`)
})

// disguised says what else in a script decides how it ends.
func disguised(c *Command, cmds []shell.Command) {
	add := func(reason string) {
		if !slices.Contains(c.Masked, reason) {
			c.Masked = append(c.Masked, reason)
		}
	}
	function, keyword := patterns()
	programs := map[string]bool{}
	inside := false
	for i := range cmds {
		cmd := &cmds[i]
		if task, known := taskOf(cmd); known && task != "" {
			programs[path.Base(cmd.Name)] = true
			inside = inside || cmd.Nested
		}
		switch path.Base(cmd.Name) {
		case "trap":
			if len(cmd.Args) > 1 && slices.ContainsFunc(cmd.Args[1:], func(a string) bool { return a == "EXIT" || a == "ERR" || a == "0" }) {
				add("trap decides how the script ends")
			}
		case "alias":
			for _, a := range cmd.Args {
				if name, _, ok := strings.Cut(a, "="); ok && programs[name] || ok && name == "cargo" {
					add("alias " + a)
				}
			}
		case "sh", "bash", "dash", "zsh", "ksh":
			for _, a := range cmd.Args {
				if !strings.HasPrefix(a, "-") || strings.HasPrefix(a, "--") {
					break
				}
				if strings.Contains(a, "n") {
					add(path.Base(cmd.Name) + " " + a + " reads the script and runs nothing of it")
				}
			}
		}
		for _, v := range cmd.Env {
			if v.Name == "PATH" {
				if why := variable("", v.Name, v.Value); why != "" {
					add(why)
				}
			}
		}
	}
	text := strings.Join(c.Argv, " ")
	for _, m := range function.FindAllStringSubmatch(text, -1) {
		if programs[m[1]] {
			add("the script has a function of the name " + m[1])
		}
	}
	if inside && keyword.MatchString(text) {
		add("the check stands in a condition or a loop, and need not have run")
	}
}
