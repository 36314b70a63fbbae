package shell

import (
	"slices"
	"strings"
)

// A RustupCommand is one command that chooses or installs a Rust toolchain
// (https://rust-lang.github.io/rustup/).
type RustupCommand struct {
	// Name is the program: "rustup", "rustup-init", or "sh" where rustup's installer is piped into one.
	Name string `json:"name"`
	// Action is what is done: "default", "toolchain install", "update", "override set", "run",
	// "component add", "target add", or "init" for the installer.
	Action string `json:"action"`
	// Toolchains are those named; the installer without --default-toolchain means "stable".
	Toolchains []Toolchain `json:"toolchains"`
	// Moving is true where one of the toolchains may be another one tomorrow.
	Moving bool `json:"moving"`
	// At is the index of the command in the script.
	At int `json:"-"`
}

// A Toolchain is a toolchain's name and how firmly it names one.
type Toolchain struct {
	Name string `json:"name"`
	// Kind is "exact" (1.82.0), "dated" (nightly-2024-10-17), "moving" (stable, nightly, 1.82),
	// "custom" (a toolchain linked under a name of its own, or none), or "unknown" (a variable).
	Kind string `json:"kind"`
}

// ParseToolchain classifies a toolchain's name (https://rust-lang.github.io/rustup/concepts/toolchains.html):
// channel, then optionally a date, then optionally a host.
func ParseToolchain(name string) Toolchain {
	t := Toolchain{Name: name, Kind: "custom"}
	channel, rest, _ := strings.Cut(name, "-")
	switch {
	case strings.ContainsAny(name, "$`%"):
		t.Kind = "unknown"
	case channel == "stable" || channel == "beta" || channel == "nightly":
		t.Kind = "moving"
		if dated(rest) {
			t.Kind = "dated"
		}
	case channel != "" && channel[0] >= '0' && channel[0] <= '9':
		t.Kind = "moving"
		if numbers(channel) == 3 {
			t.Kind = "exact"
		}
		if rest == "beta" || strings.HasPrefix(rest, "beta-") && !dated(rest[len("beta-"):]) {
			t.Kind = "moving"
		}
	}
	return t
}

// dated tells whether s begins with a date as in 2024-10-17.
func dated(s string) bool {
	if len(s) < 10 || len(s) > 10 && s[10] != '-' {
		return false
	}
	for i := range 10 {
		if i == 4 || i == 7 {
			if s[i] != '-' {
				return false
			}
		} else if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// numbers counts the numbers of a dotted version; 0 for anything else.
func numbers(s string) int {
	n := 0
	for part := range strings.SplitSeq(s, ".") {
		if part == "" || strings.Trim(part, "0123456789") != "" {
			return 0
		}
		n++
	}
	return n
}

// Rustup finds the commands that choose or install toolchains, among them the installer that a
// download feeds into a shell.
func Rustup(cmds []Command) []RustupCommand {
	found := []RustupCommand{}
	var installers []string // files that rustup's installer was saved as
	for i := range cmds {
		c := &cmds[i]
		name := base(c.Name)
		var r RustupCommand
		switch {
		case name == "rustup":
			r = rustup(c.Args)
		case strings.HasPrefix(name, "rustup-init"), slices.Contains(installers, name) && c.Name != "":
			r = installer(c)
		case name == "curl" || name == "wget":
			if slices.ContainsFunc(c.Args, fromRustup) {
				installers = append(installers, savedAs(c)...)
			}
			continue
		case shellName(name):
			file := slices.ContainsFunc(c.Args, func(a string) bool {
				return fromRustup(a) || base(a) != "" && slices.Contains(installers, base(a))
			})
			if !file && !fromRustup(c.Input) {
				continue
			}
			r = installer(c)
		default:
			continue
		}
		if r.Action != "" {
			r.Name, r.At = name, i
			r.Moving = slices.ContainsFunc(r.Toolchains, func(t Toolchain) bool { return t.Kind == "moving" })
			found = append(found, r)
		}
	}
	return found
}

func fromRustup(s string) bool { return strings.Contains(s, "sh.rustup.rs") }

func shellName(name string) bool {
	switch name {
	case "sh", "bash", "dash", "ash", "zsh":
		return true
	}
	return false
}

func savedAs(c *Command) []string {
	var files []string
	if c.Output != "" {
		files = append(files, base(c.Output))
	}
	for i, a := range c.Args {
		switch {
		case (a == "-o" || a == "--output" || a == "-O" && base(c.Name) == "wget") && i+1 < len(c.Args):
			files = append(files, base(c.Args[i+1]))
		case len(a) > 2 && a[0] == '-' && a[1] != '-' && strings.HasSuffix(a, "o") && i+1 < len(c.Args):
			files = append(files, base(c.Args[i+1]))
		}
	}
	return files
}

// installer reads the arguments of rustup-init. Without --default-toolchain it installs stable.
func installer(c *Command) RustupCommand {
	name := "stable"
	for i, a := range c.Args {
		value, ok := strings.CutPrefix(a, "--default-toolchain=")
		if a == "--default-toolchain" && i+1 < len(c.Args) {
			value, ok = c.Args[i+1], true
		}
		if ok {
			name = value
		}
		if asks(a) {
			return RustupCommand{}
		}
	}
	return RustupCommand{Action: "init", Toolchains: []Toolchain{ParseToolchain(name)}}
}

// Options of rustup's subcommands that take the next word.
const rustupValued = "-c -t --component --target --profile --path --default-host --toolchain"

func rustup(args []string) RustupCommand {
	r := RustupCommand{Toolchains: []Toolchain{}}
	words, named := operands(args)
	if len(words) == 0 {
		return r
	}
	switch words[0] {
	case "default", "install", "update", "upgrade", "run":
		r.Action, named = words[0], words[1:]
		switch {
		case r.Action == "run":
			named = named[:min(1, len(named))]
		case r.Action == "install":
			r.Action = "toolchain install"
		case (r.Action == "update" || r.Action == "upgrade") && len(named) == 0:
			r.Action, named = "update", []string{"stable"}
		}
		if r.Action == "default" && len(named) == 0 {
			r.Action = "" // prints the default
		}
	case "toolchain", "override", "component", "target":
		if len(words) > 1 {
			r.Action = words[0] + " " + words[1]
			if words[0] == "toolchain" || words[0] == "override" {
				named = words[2:]
			}
		}
	default:
		return r
	}
	switch r.Action {
	case "toolchain add", "toolchain update":
		r.Action = "toolchain install"
	case "override add":
		r.Action = "override set"
	case "toolchain list", "toolchain uninstall", "toolchain remove", "toolchain link", "override list",
		"override unset", "override remove", "component list", "target list":
		r.Action = ""
	}
	for _, n := range named {
		r.Toolchains = append(r.Toolchains, ParseToolchain(n))
	}
	return r
}

// operands splits arguments into operands and the values of --toolchain.
func operands(args []string) (words, named []string) {
	for i := 0; i < len(args); i++ {
		a := args[i]
		switch {
		case a == "--toolchain" && i+1 < len(args):
			named = append(named, args[i+1])
			i++
		case strings.HasPrefix(a, "--toolchain="):
			named = append(named, a[len("--toolchain="):])
		case len(a) > 1 && a[0] == '-':
			if hasWord(rustupValued, a) {
				i++
			}
		case len(a) > 1 && a[0] == '+':
			named = append(named, a[1:])
		default:
			words = append(words, a)
			if words[0] == "run" && len(words) == 2 {
				return words, named
			}
		}
	}
	return words, named
}
