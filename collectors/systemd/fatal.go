package systemd

import (
	"path"
	"slices"
	"strconv"
	"strings"
)

// fatal says why systemd gives up at an assignment, and what to write; "" where it does not. In the unit file that
// refuses the unit, in a drop-in it ends the reading of the drop-in.
func (u *unit) fatal(e *entry) (why, hint string) {
	switch e.section {
	case "Service", "Socket", "Mount", "Swap":
	default:
		return "", ""
	}
	switch e.key {
	case "DynamicUser":
		if _, ok := boolean(e.value); !ok {
			return strconv.Quote(e.value) + " is no boolean", "write yes or no"
		}
	case "User", "Group", "SupplementaryGroups":
		return u.fatalAccount(e)
	case "RootDirectory", "RootImage", "WorkingDirectory":
		return u.fatalPath(e)
	default:
		if slices.Contains(execSettingsInOrder, e.key) {
			return u.fatalCommand(e)
		}
	}
	return "", ""
}

const percent = "write %% for a percent sign"

func (u *unit) fatalAccount(e *entry) (why, hint string) {
	names := []string{e.value}
	if e.key == "SupplementaryGroups" {
		names = strings.Fields(e.value)
		if unescaped(e.value) {
			return "a backslash with nothing behind it", "remove the backslash"
		}
	}
	for _, name := range names {
		expanded, ok := u.expand(name)
		switch {
		case name == "":
		case !ok:
			return strconv.Quote(name) + " has an unknown specifier", percent
		case expanded == "" && !strings.Contains(u.name, "@"):
			return strconv.Quote(name) + " is empty in a unit that is no template", "name an account"
		case !account(expanded):
			return strconv.Quote(name) + " cannot be the name of an account", "name an account"
		}
	}
	return "", ""
}

func (u *unit) fatalPath(e *entry) (why, hint string) {
	value := e.value
	if e.key == "WorkingDirectory" && (strings.HasPrefix(value, "-") || value == "~") {
		return "", ""
	}
	expanded, ok := u.expand(value)
	switch {
	case value == "":
	case !ok:
		return strconv.Quote(value) + " has an unknown specifier", percent
	case !strings.HasPrefix(expanded, "/") && !strings.HasPrefix(value, "%"):
		return strconv.Quote(value) + " is no absolute path", "write an absolute path"
	case slices.Contains(strings.Split(value, "/"), ".."):
		return strconv.Quote(value) + ` has "..", which is not followed`, "write the path without it"
	}
	return "", ""
}

func (u *unit) fatalCommand(e *entry) (why, hint string) {
	list, err := commands(e)
	ignores := len(list) > 0 && strings.Contains(list[len(list)-1].prefixes, "-") || len(list) == 0 && strings.HasPrefix(e.value, "-")
	if err != nil && !ignores {
		return err.Error(), "balance the quotes"
	}
	for _, p := range list {
		if strings.Contains(p.prefixes, "-") {
			continue
		}
		for _, w := range p.words {
			if _, ok := u.expand(w.text); !ok {
				return strconv.Quote(w.text) + " has an unknown specifier", percent
			}
		}
		if why, hint := p.unusable(); why != "" {
			return why, hint
		}
	}
	return "", ""
}

// unescaped tells whether a list ends in a backslash that escapes nothing.
func unescaped(value string) bool {
	return (len(value)-len(strings.TrimRight(value, `\`)))%2 == 1
}

// unusable says why a command cannot run.
func (p *parsed) unusable() (why, hint string) {
	if strings.Contains(p.prefixes, "@") && len(p.words) == 1 {
		return `"@" wants the name that the program gets`, `write the name behind the program, or remove "@"`
	}
	return unusable(p.words[0].text)
}

// unusable says why a word cannot be the program of a command.
func unusable(program string) (why, hint string) {
	switch {
	case program == "":
		return "there is no program", "name a program"
	case program[0] == '%':
	case program[0] != '/' && strings.Contains(program, "/") && !strings.HasSuffix(program, "/") || program == "." || program == "..":
		return strconv.Quote(program) + " is neither an absolute path nor a name", "write an absolute path, or the name of a program alone"
	case strings.HasSuffix(program, "/"):
		return strconv.Quote(program) + " is a folder", "name a program"
	}
	return "", ""
}

// expand puts in what specifiers stand for, systemd.unit(5), as far as a unit of the system manager tells it; the
// others stay. ok is false for a letter that is no specifier.
func (u *unit) expand(value string) (expanded string, ok bool) {
	if !strings.Contains(value, "%") {
		return value, true
	}
	name := instance(u.name)
	stem := strings.TrimSuffix(name, "."+u.kind)
	prefix, inst, _ := strings.Cut(stem, "@")
	final := prefix[strings.LastIndexByte(prefix, '-')+1:]
	known := map[byte]string{
		'%': "%", 'n': name, 'N': stem, 'p': prefix, 'i': inst, 'j': final, 'u': "root", 'U': "0", 'g': "root", 'G': "0", 'h': "/root",
		's': "/bin/sh", 'S': "/var/lib", 'C': "/var/cache", 'L': "/var/log", 't': "/run", 'E': "/etc", 'T': "/tmp", 'V': "/var/tmp",
		'd': "/run/credentials/" + name, 'P': unescapeName(prefix), 'I': unescapeName(inst), 'J': unescapeName(final), 'f': "/" + unescapeName(cmpOr(inst, prefix)),
		'Y': path.Dir("/" + u.path), 'y': "/" + u.path,
	}
	var b strings.Builder
	for i := 0; i < len(value); i++ {
		if value[i] != '%' || i+1 == len(value) {
			b.WriteByte(value[i])
			continue
		}
		i++
		text, has := known[value[i]]
		letter := value[i] >= 'a' && value[i] <= 'z' || value[i] >= 'A' && value[i] <= 'Z'
		switch {
		case has:
			b.WriteString(text)
		case letter && !strings.Contains(specifiers, value[i:i+1]):
			return value, false
		default:
			b.WriteString(value[i-1 : i+1])
		}
	}
	return b.String(), true
}

func cmpOr(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// unescapeName undoes the escaping of a name: "-" stands for "/", and "\x2d" for a character.
func unescapeName(name string) string {
	name = strings.ReplaceAll(name, "-", "/")
	for {
		i := strings.Index(name, `\x`)
		if i < 0 || i+4 > len(name) {
			return name
		}
		code, err := strconv.ParseUint(name[i+2:i+4], 16, 8)
		if err != nil {
			return name
		}
		name = name[:i] + string([]byte{byte(code)}) + name[i+4:]
	}
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
