package dockerfile

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"sallyport/internal/shell"
)

// programs works out what each stage runs and where the file comes from.
func (b *builder) programs() {
	for _, s := range b.stages {
		f := &s.facts
		p := mainProgram{Args: []string{}, Stage: -1, Copy: -1}
		argv := f.Entrypoint.Argv
		if p.Form, p.Instruction = f.Entrypoint.Form, "entrypoint"; p.Form == "" {
			p.Form, p.Instruction, argv = f.Cmd.Form, "cmd", f.Cmd.Argv
		}
		if p.Form == "" || len(argv) == 0 {
			p.Form, p.Instruction = "", ""
			f.Program = p
			continue
		}
		if p.Form == "exec" && len(f.Cmd.Argv) > 0 && f.Cmd.Form == "exec" && p.Instruction == "entrypoint" {
			argv = slices.Concat(argv, f.Cmd.Argv)
		}
		p.Shell = isShell(argv[0])
		if argv = unwrap(argv); len(argv) > 0 {
			p.Name, p.Args = argv[0], append(p.Args, argv[1:]...)
		}
		b.locateProgram(s, &p)
		f.Program = p
	}
}

func isShell(name string) bool {
	switch path.Base(name) {
	case "sh", "bash", "ash", "dash", "zsh", "ksh":
		return true
	}
	return false
}

// wrappers run the program that their arguments name; the number is how many arguments stand before it.
var wrappers = map[string]int{"tini": 0, "dumb-init": 0, "catatonit": 0, "env": 0, "exec": 0, "nice": 0, "gosu": 1, "su-exec": 1, "setpriv": 0}

// unwrap leaves out what runs the program: a shell, an init, a change of the user.
func unwrap(argv []string) []string {
	for range 4 {
		if len(argv) == 0 {
			return nil
		}
		base := path.Base(argv[0])
		if isShell(base) {
			i := slices.IndexFunc(argv, func(a string) bool { return len(a) > 1 && a[0] == '-' && strings.HasSuffix(a, "c") })
			if i < 0 || i+1 >= len(argv) {
				return argv[min(1, len(argv)-1):] // a script
			}
			parsed, err := shell.Parse(argv[i+1], nil)
			if err != nil || len(parsed.Commands) == 0 || parsed.Commands[len(parsed.Commands)-1].Name == "" {
				return nil
			}
			last := parsed.Commands[len(parsed.Commands)-1]
			argv = append([]string{last.Name}, last.Args...)
			continue
		}
		skip, ok := wrappers[base]
		if !ok {
			return argv
		}
		argv = argv[1:]
		for len(argv) > 0 && (strings.HasPrefix(argv[0], "-") || strings.Contains(argv[0], "=")) {
			argv = argv[1:]
		}
		argv = argv[min(skip, len(argv)):]
	}
	return argv
}

// locateProgram finds the instruction that brings the program.
func (b *builder) locateProgram(s *stageBuilder, p *mainProgram) {
	var files []string
	switch {
	case p.Name == "" || strings.Contains(p.Name, "$"):
		return
	case strings.HasPrefix(p.Name, "/"):
		files = []string{path.Clean(p.Name)}
	case strings.Contains(p.Name, "/"):
		files = []string{s.absolute(p.Name)}
	default:
		for _, dir := range [...]string{"/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"} {
			files = append(files, dir+"/"+p.Name)
		}
	}
	for _, stage := range b.chain(s.index) {
		for i := len(stage.facts.Copies) - 1; i >= 0; i-- {
			t := &stage.facts.Copies[i]
			for _, file := range files {
				if _, ok := t.brings(file); ok && !t.Onbuild && file != "" {
					p.Stage, p.Copy, p.File, p.Owner = stage.index, i, file, t.Owner
					for _, v := range s.facts.Volumes {
						if v = path.Clean(v); v == file || strings.HasPrefix(file, v+"/") {
							p.Hidden = v
						}
					}
					u := &s.facts.User
					p.Replaceable = u.Known && !u.Root && (u.Name == t.Owner || s.uid(u.Name) >= 0 && s.uid(u.Name) == s.uid(t.Owner)) && !readOnlyMode(t.Chmod)
					return
				}
			}
		}
	}
}

// nonroot is the account of distroless and Chainguard images.
const nonroot = 65532

// uid is the number of an account by its name, as far as the stage or its base says; -1 where it is not known.
func (s *stageBuilder) uid(name string) int {
	if n, err := strconv.Atoi(name); err == nil {
		return n
	}
	if id, ok := s.ids[name]; ok {
		return id
	}
	if name == "nonroot" {
		return nonroot
	}
	return -1
}

// readOnlyMode tells whether a mode lets the owner write nothing.
func readOnlyMode(mode string) bool {
	mode = strings.TrimLeft(mode, "0")
	return len(mode) == 3 && mode[0] >= '0' && mode[0] <= '7' && (mode[0]-'0')&2 == 0
}

// shells takes back that a stage has no shell, where what it copies may bring one.
func (b *builder) shells() {
	for _, s := range b.stages {
		if s.facts.System.Shell != "absent" {
			continue
		}
		for _, stage := range b.chain(s.index) {
			if slices.ContainsFunc(stage.facts.Copies, bringsShell) || slices.ContainsFunc(stage.facts.Runs, func(r Run) bool { return r.Form != "exec" }) {
				s.facts.System.Shell, s.facts.System.ProgramsKnown = "unknown", false
				break
			}
		}
	}
}

// bringsShell tells whether an instruction may put a shell to where the system looks for it: a file of that
// name, an archive, or a folder that holds other folders.
func bringsShell(t transfer) bool {
	dest := path.Clean(t.Path)
	if t.Path == "" || dest == "/" || dest == "/usr" || dest == "/usr/local" {
		return true
	}
	if t.Open && strings.HasPrefix(dest, "/bin") {
		return true
	}
	for _, src := range t.Sources {
		base := path.Base(src)
		if isShell(base) || isShell(dest) || strings.Contains(base, "busybox") || strings.Contains(dest, "busybox") {
			return true
		}
		if dir := strings.HasSuffix(dest, "bin"); dir && (base == "bin" || base == "." || base == "/" || strings.ContainsAny(base, "*?[")) {
			return true
		}
	}
	return len(t.Sources) == 0 && strings.HasSuffix(dest, "/sh")
}
