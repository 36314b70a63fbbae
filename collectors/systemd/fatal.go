package systemd

import (
	"path"
	"slices"
	"strconv"
	"strings"
)

// A mistake is why systemd gives up at an assignment, and what to write.
type mistake struct {
	why, hint string
	// kept is how much of the value counts all the same: lists are read word by word.
	kept int
}

// fatal says why systemd gives up at an assignment; nil where it does not. In the unit file that refuses the unit, in a
// drop-in it ends the reading of the drop-in.
func (u *unit) fatal(e *entry) *mistake {
	switch e.section {
	case "Service", "Socket", "Mount", "Swap":
	default:
		return nil
	}
	switch e.key {
	case "DynamicUser":
		if _, ok := boolean(e.value); !ok {
			return &mistake{strconv.Quote(e.value) + " is no boolean", "write yes or no", 0}
		}
	case "User", "Group":
		return u.fatalAccount(e.value)
	case "SupplementaryGroups":
		list, err := words(e.value, bare)
		kept := 0
		for _, w := range list {
			if m := u.fatalAccount(w.text); m != nil {
				m.kept = kept
				return m
			}
			kept = w.to
		}
		if err != nil {
			return &mistake{err.Error(), "remove the backslash", kept}
		}
	case "RootDirectory", "RootImage", "WorkingDirectory", "RootVerity":
		return u.fatalPath(e)
	case "PIDFile":
		if expanded, ok := u.expand(e.value); ok && slices.ContainsFunc(strings.Split(expanded, "/"), func(part string) bool { return part == "." || part == ".." }) {
			return &mistake{strconv.Quote(e.value) + " goes by way of \".\" or \"..\"", "write the path without them", 0}
		}
	case "SELinuxContext", "AppArmorProfile", "SmackProcessLabel":
		if _, ok := u.expand(e.value); !ok && e.value[0] != '-' {
			return &mistake{strconv.Quote(e.value) + " has an unknown specifier", percent, 0}
		}
	default:
		if executes[e.key] {
			return u.fatalCommand(e)
		}
	}
	return nil
}

const percent = "write %% for a percent sign"

func (u *unit) fatalAccount(name string) *mistake {
	expanded, ok := u.expand(name)
	switch {
	case name == "":
	case !ok:
		return &mistake{strconv.Quote(name) + " has an unknown specifier", percent, 0}
	case expanded == "" && !strings.Contains(u.name, "@"):
		return &mistake{strconv.Quote(name) + " is empty in a unit that is no template", "name an account", 0}
	case !account(expanded):
		return &mistake{strconv.Quote(name) + " cannot be the name of an account", "name an account", 0}
	}
	return nil
}

func (u *unit) fatalPath(e *entry) *mistake {
	value := e.value
	if e.key == "WorkingDirectory" && (strings.HasPrefix(value, "-") || value == "~") {
		return nil
	}
	expanded, ok := u.expand(value)
	switch {
	case value == "":
	case !ok:
		return &mistake{strconv.Quote(value) + " has an unknown specifier", percent, 0}
	case expanded == "" && e.key != "WorkingDirectory": // a reset, such as RootImage=%i without an instance
	case !strings.HasPrefix(expanded, "/"):
		return &mistake{strconv.Quote(value) + " is no absolute path", "write an absolute path", 0}
	case slices.Contains(strings.Split(expanded, "/"), ".."):
		return &mistake{strconv.Quote(value) + ` has "..", which is not followed`, "write the path without it", 0}
	}
	return nil
}

func (u *unit) fatalCommand(e *entry) *mistake {
	kept := 0
	for _, p := range u.commands(e) {
		if p.why != "" && !p.ignored() {
			return &mistake{p.why, p.hint, kept}
		}
		kept = p.to
	}
	return nil
}

// executes are the settings that hold commands.
var executes = func() map[string]bool {
	all := map[string]bool{}
	for _, name := range execSettingsInOrder {
		all[name] = true
	}
	return all
}()

// unusable says why a text cannot be the program of a command.
func unusable(program string) (why, hint string) {
	switch {
	case program == "":
		return "there is no program", "name a program"
	case strings.ContainsAny(program, "\"'\\\x7f") || strings.ContainsFunc(program, func(r rune) bool { return r < ' ' }):
		return strconv.Quote(program) + " has quotes, backslashes or control characters", "rename the program, or quote the whole word"
	case strings.HasSuffix(program, "/") || path.Base(program) == "." || path.Base(program) == "..":
		return strconv.Quote(program) + " is a folder", "name a program"
	case program[0] == '%' || program[0] == '/':
	case strings.Contains(program, "/"):
		return strconv.Quote(program) + " is neither an absolute path nor a name", "write an absolute path, or the name of a program alone"
	}
	return "", ""
}

// account tells whether a name can be that of an account, as far as systemd cares: it takes odd names
// with a warning, and refuses those that would confuse other programs.
func account(name string) bool {
	if name == "" {
		return true
	}
	if strings.Trim(name, "0123456789") == "" {
		n, err := strconv.ParseUint(name, 10, 32)
		return err == nil && (name == "0" || name[0] != '0') && n != 65535 && n != 4294967295
	}
	if strings.ContainsAny(name, ":/\x7f") || name == "." || name == ".." || name != strings.TrimSpace(name) ||
		name[0] == '-' && strings.Trim(name[1:], "0123456789") == "" {
		return false
	}
	return !strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r >= 0x7f && r < 0xa0 })
}
