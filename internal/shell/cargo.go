package shell

import (
	"slices"
	"strings"
)

// A CargoCommand is one invocation of cargo, or of a tool that hands its arguments to cargo
// (https://doc.rust-lang.org/cargo/commands/).
type CargoCommand struct {
	// Name is the program: "cargo" or "cross".
	Name string `json:"name"`
	// Toolchain is the word after + without the +, as in cargo +nightly.
	Toolchain string `json:"toolchain"`
	// Subcommand is written out: "build" for b. "" where there is none, as in cargo --version.
	Subcommand string `json:"subcommand"`
	// Args are the words after the subcommand, and global options before it.
	Args []string `json:"args"`
	// Locked is true with --locked or --frozen: cargo refuses to change Cargo.lock.
	Locked bool `json:"locked"`
	// Offline is true with --offline or --frozen.
	Offline bool `json:"offline"`
	// Resolves is true for a subcommand that selects the versions of dependencies, and obeys --locked.
	Resolves bool `json:"resolves"`
	// Updates is true for a subcommand that selects newer versions on purpose: cargo update.
	Updates bool `json:"updates"`
	// Rustflags are the compiler flags that the invocation gives: --config build.rustflags=...,
	// RUSTFLAGS=... before the command, and what follows -- of cargo rustc.
	Rustflags string `json:"rustflags"`
	// MayFail is true where a failure does not fail the script.
	MayFail bool `json:"may_fail"`
	// At is the index of the command in the script.
	At int `json:"-"`
}

var aliases = map[string]string{
	"b": "build", "c": "check", "d": "doc", "t": "test", "r": "run", "rm": "remove",
}

// resolving are the subcommands that take --locked because they resolve dependencies; those of the
// second group are not cargo's own and hand their arguments on to cargo build, test or run.
var resolving = map[string]bool{
	"build": true, "check": true, "clippy": true, "test": true, "bench": true, "run": true, "rustc": true,
	"rustdoc": true, "doc": true, "install": true, "fetch": true, "package": true, "publish": true,
	"vendor": true, "fix": true,

	"auditable": true, "zigbuild": true, "xwin": true, "ndk": true, "nextest": true, "llvm-cov": true,
	"lambda": true, "chef": true, "tauri": true, "deb": true, "component": true, "contract": true,
	"cbuild": true, "cinstall": true, "hack": true, "careful": true, "miri": true, "tarpaulin": true,
	"espflash": true, "bloat": true, "criterion": true, "watch": true,
}

// acting are the words after subcommands of other tools that make them resolve.
var acting = map[string][]string{
	"chef":    {"cook"},
	"nextest": {"run", "archive", "r"},
	"lambda":  {"build"},
	"tauri":   {"build"},
}

// Options of cargo that take the next word, before the subcommand.
const globalValued = "-C --config -Z --color"

// Cargo finds the invocations of cargo among commands.
func Cargo(cmds []Command) []CargoCommand {
	found := []CargoCommand{}
	for i := range cmds {
		switch name := base(cmds[i].Name); name {
		case "cargo", "cross":
			c := cargo(&cmds[i])
			c.Name, c.At = name, i
			found = append(found, c)
		}
	}
	return found
}

func cargo(cmd *Command) CargoCommand {
	c := CargoCommand{Args: []string{}, MayFail: cmd.MayFail}
	rest := cmd.Args
	if len(rest) > 0 && len(rest[0]) > 1 && rest[0][0] == '+' {
		c.Toolchain, rest = rest[0][1:], rest[1:]
	}
	for len(rest) > 0 && strings.HasPrefix(rest[0], "-") {
		n := 1
		if hasWord(globalValued, rest[0]) && len(rest) > 1 {
			n = 2
		}
		c.Args, rest = append(c.Args, rest[:n]...), rest[n:]
	}
	if len(rest) > 0 {
		c.Subcommand = rest[0]
		if full := aliases[rest[0]]; full != "" {
			c.Subcommand = full
		}
		c.Args = append(c.Args, rest[1:]...)
	}
	c.judge(cmd)
	return c
}

func (c *CargoCommand) judge(cmd *Command) {
	own, passed := c.Args, []string(nil)
	if i := slices.Index(c.Args, "--"); i >= 0 {
		own, passed = c.Args[:i], c.Args[i+1:]
	}
	if c.Subcommand == "tauri" || c.Subcommand == "watch" {
		own = c.Args
	}
	frozen := slices.Contains(own, "--frozen")
	c.Locked = frozen || slices.Contains(own, "--locked")
	c.Offline = frozen || slices.Contains(own, "--offline")
	c.Resolves = resolving[c.Subcommand] && !slices.ContainsFunc(own, func(a string) bool {
		return asks(a) && (c.Subcommand != "install" || a != "--version") // there it takes the version of the crate
	})
	if words := acting[c.Subcommand]; words != nil {
		c.Resolves = c.Resolves && slices.ContainsFunc(own, func(a string) bool { return slices.Contains(words, a) })
	}
	if c.Subcommand == "install" && slices.Contains(own, "--list") {
		c.Resolves = false
	}
	c.Updates = (c.Subcommand == "update" || c.Subcommand == "generate-lockfile") && !c.Locked &&
		!slices.ContainsFunc(own, func(a string) bool {
			return a == "--dry-run" || strings.HasPrefix(a, "--precise") || asks(a)
		})
	var flags []string
	for _, v := range cmd.Env {
		if Rustflags(v.Name) {
			flags = append(flags, v.Value)
		}
	}
	for i, a := range own {
		value := strings.TrimPrefix(a, "--config=")
		if a == "--config" && i+1 < len(own) {
			value = own[i+1]
		}
		if value != a && strings.Contains(value, "rustflags") {
			flags = append(flags, value)
		}
	}
	if c.Subcommand == "rustc" {
		flags = append(flags, passed...)
	}
	c.Rustflags = strings.Join(flags, " ")
}

// asks tells whether an option only asks for information.
func asks(a string) bool { return a == "--help" || a == "-h" || a == "--version" || a == "-V" }

// Rustflags tells whether cargo takes compiler flags from the environment variable
// (https://doc.rust-lang.org/cargo/reference/environment-variables.html).
func Rustflags(name string) bool {
	switch name {
	case "RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "CARGO_BUILD_RUSTFLAGS", "RUSTDOCFLAGS":
		return name != "RUSTDOCFLAGS"
	}
	return strings.HasPrefix(name, "CARGO_TARGET_") && strings.HasSuffix(name, "_RUSTFLAGS")
}
