package systemd

import (
	"path"
	"strconv"
	"strings"
)

// specifiers are the letters that may follow a percent sign in settings, systemd.unit(5).
const specifiers = "aAbBcCdDEfgGhHiIjJlLmMnNopPqrRsStTuUvVwWyY%"

// expand puts in what specifiers stand for, systemd.unit(5), as systemd-analyze does for a unit of the system manager; the
// others stay. ok is false for a letter that is no specifier.
func (u *unit) expand(value string) (expanded string, ok bool) {
	if !strings.Contains(value, "%") {
		return value, true
	}
	return replaceSpecifiers(value, u.specified())
}

// resolve puts in what specifiers stand for wherever the unit runs. Those stay that depend on the instance of a template, on the user
// of a user's manager, or on the machine; and all of them where one is none, since systemd ignores such a value.
func (u *unit) resolve(value string) string {
	if !strings.Contains(value, "%") {
		return value
	}
	known := u.specified()
	open := "crRsyY"
	if u.userManager() {
		open += "uUgGhSCLtEd"
	}
	switch stem := strings.TrimSuffix(u.name, "."+u.kind); {
	case u.partial && (strings.HasSuffix(stem, "-") || stem == u.kind): // drop-ins of many units
		open += "nNpPiIjJfd"
	case strings.HasSuffix(stem, "@"):
		open += "nNiIfd"
	}
	for i := range len(open) {
		delete(known, open[i])
	}
	if resolved, ok := replaceSpecifiers(value, known); ok {
		return resolved
	}
	return value
}

// specified is what each specifier stands for.
func (u *unit) specified() map[byte]string {
	name := instance(u.name)
	stem := strings.TrimSuffix(name, "."+u.kind)
	prefix, inst, _ := strings.Cut(stem, "@")
	final := prefix[strings.LastIndexByte(prefix, '-')+1:]
	return map[byte]string{
		'%': "%", 'n': name, 'N': stem, 'p': prefix, 'i': inst, 'j': final, 'u': "root", 'U': "0", 'g': "root", 'G': "0", 'h': "/root",
		's': "/bin/sh", 'S': "/var/lib", 'C': "/var/cache", 'L': "/var/log", 't': "/run", 'E': "/etc", 'T': "/tmp", 'V': "/var/tmp",
		'd': "/run/credentials/" + name, 'P': unescapeName(prefix), 'I': unescapeName(inst), 'J': unescapeName(final), 'f': "/" + unescapeName(cmpOr(inst, prefix)),
		'Y': path.Dir("/" + u.path), 'y': "/" + u.path, 'c': "/system.slice/" + name, 'r': "/system.slice", 'R': "/",
	}
}

func replaceSpecifiers(value string, known map[byte]string) (replaced string, ok bool) {
	var b strings.Builder
	for i := 0; i < len(value); i++ {
		if value[i] != '%' || i+1 == len(value) {
			b.WriteByte(value[i])
			continue
		}
		i++
		text, has := known[value[i]]
		letter := value[i] >= 'a' && value[i] <= 'z' || value[i] >= 'A' && value[i] <= 'Z' || value[i] >= '0' && value[i] <= '9'
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
