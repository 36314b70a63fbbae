package dockerfile

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"sallyport/internal/shell"
)

var (
	installValues = optionsOf("-m -o -g -t -S --mode --owner --group --target-directory --suffix --strip-program --context")
	mkdirValues   = optionsOf("-m --mode -Z --context")
)

// changes are what a command does to modes and capabilities.
func changes(cmds []shell.Command, i int) []modeChange {
	c := &cmds[i]
	switch path.Base(c.Name) {
	case "chmod":
		return chmod(c.Args, searched(cmds, i))
	case "install":
		return madeWith(c.Args, installValues, false)
	case "mkdir":
		return madeWith(c.Args, mkdirValues, true)
	case "setcap":
		return setcap(c.Args)
	}
	return nil
}

// maxBack bounds how far back a command's surroundings are looked for.
const maxBack = 100

// searched is the find(1) that runs a command, nil where none does.
func searched(cmds []shell.Command, i int) *shell.Command {
	for j := i; j >= 0 && j > i-maxBack && (cmds[i].Via == "find" || cmds[i].Via == "xargs"); j-- {
		if path.Base(cmds[j].Name) == "find" {
			return &cmds[j]
		}
	}
	return nil
}

// chmod reads chmod(1). Its mode may look like an option: chmod -s file.
func chmod(args []string, find *shell.Command) []modeChange {
	m := modeChange{Paths: []string{}}
	given := false
	for _, a := range args {
		switch {
		case a == "--":
		case a == "-R" || a == "--recursive" || len(a) > 1 && a[0] == '-' && a[1] != '-' && strings.Trim(a[1:], "Rvcf") == "":
			m.Recursive = m.Recursive || a == "--recursive" || strings.Contains(a, "R")
		case strings.HasPrefix(a, "--reference"):
			return nil
		case strings.HasPrefix(a, "--"):
		case !given:
			m.Mode, given = a, true
		case a != "{}":
			m.Paths = append(m.Paths, a)
		}
	}
	if find != nil {
		n := slices.IndexFunc(find.Args, func(a string) bool { return strings.HasPrefix(a, "-") || a == "(" || a == "!" })
		m.Paths, m.Recursive = append(m.Paths, find.Args[:max(n, 0)]...), true
	}
	if m.Mode == "" {
		return nil
	}
	m.judge()
	if n, ok := octal(m.Mode); ok && n&0o6000 == 0 && find != nil && slices.ContainsFunc(find.Args, setIDs) {
		m.Clears = true
	}
	return []modeChange{m}
}

// setIDs tells the test of find(1) for set-user-ID and set-group-ID bits.
func setIDs(test string) bool {
	test = strings.TrimLeft(test, "+-/")
	n, ok := octal(test)
	return ok && n&0o6000 != 0 || strings.HasSuffix(test, "s") && strings.ContainsAny(test, "=+")
}

// madeWith reads the mode that install(1) and mkdir(1) give to what they make; folders is true where all
// operands are folders to be made.
func madeWith(args []string, values map[string]bool, folders bool) []modeChange {
	m := modeChange{Paths: []string{}}
	var words []string
	target := ""
	for name, value := range getopt(args, values) {
		switch name {
		case "":
			words = append(words, value)
		case "-m", "--mode":
			m.Mode = value
		case "-t", "--target-directory":
			target = value
		case "-d", "--directory":
			folders = true
		}
	}
	if m.Mode == "" {
		return nil
	}
	switch {
	case target != "":
		m.Paths = append(m.Paths, target)
	case folders:
		m.Paths = append(m.Paths, words...)
	case len(words) > 0:
		m.Paths = append(m.Paths, words[len(words)-1])
	}
	m.judge()
	m.SetID = m.SetID && !folders // there the bits decide who owns what is made inside
	return []modeChange{m}
}

// setcap reads setcap(8): pairs of capabilities and file; -r removes them.
func setcap(args []string) []modeChange {
	var list []modeChange
	words := slices.DeleteFunc(slices.Clone(args), func(a string) bool { return a == "-q" || a == "-v" || a == "-f" })
	for i := 0; i+1 < len(words); i += 2 {
		if words[i] == "-n" {
			continue
		}
		list = append(list, modeChange{
			Paths: []string{words[i+1]}, Mode: words[i], Capabilities: words[i] != "-r", Clears: words[i] == "-r",
		})
	}
	return list
}

// judge works out what a mode means.
func (m *modeChange) judge() {
	if n, ok := octal(m.Mode); ok {
		m.SetID = n&0o6000 != 0
		m.WorldWritable = n&0o2 != 0 && n&0o1000 == 0
		return
	}
	sticky := false
	for clause := range strings.SplitSeq(m.Mode, ",") {
		at := strings.IndexAny(clause, "+-=")
		if at < 0 {
			continue
		}
		who := clause[:at]
		everybody := strings.ContainsAny(who, "ao")
		special := who == "" || strings.ContainsAny(who, "aug")
		for at >= 0 && at < len(clause) {
			op, perms := clause[at], clause[at+1:]
			next := strings.IndexAny(perms, "+-=")
			if next >= 0 {
				perms = perms[:next]
			}
			switch set := strings.Contains(perms, "s") && special; {
			case op == '-':
				m.Clears = m.Clears || set
				m.WorldWritable = m.WorldWritable && !(everybody && strings.Contains(perms, "w"))
			default:
				m.SetID = m.SetID || set
				m.WorldWritable = m.WorldWritable || everybody && strings.Contains(perms, "w")
				sticky = sticky || strings.Contains(perms, "t")
			}
			if next < 0 {
				break
			}
			at += 1 + next
		}
	}
	m.WorldWritable = m.WorldWritable && !sticky
}

// octal reads a numeric mode.
func octal(mode string) (int64, bool) {
	mode = strings.TrimPrefix(mode, "=")
	n, err := strconv.ParseInt(mode, 8, 32)
	return n, err == nil && n >= 0 && mode != "" && mode[0] != '+'
}
