package dockerfile

import (
	"fmt"
	"path"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"

	"sallyport/internal/shell"
)

// commands are what the text runs, and say in r who reads it. The exec form is one command, which may be a
// shell. Where the text is opaque, the commands are a guess.
func (s *stageBuilder) commands(r *Run, c *instructions.RunCommand) []shell.Command {
	argv, text := s.facts.Shell, r.Text
	switch {
	case r.Form == "exec":
		text, argv = quoted(c.CmdLine), []string{"sh"}
		switch name, at := readerOf(c.CmdLine); {
		case windowsShell(program(c.CmdLine[0])):
			r.Shell = program(c.CmdLine[0])
		case posix(name) && (at == 0 || program(c.CmdLine[0]) == "env" || program(c.CmdLine[0]) == "busybox"):
			r.Shell = name
		}
		if windowsShell(r.Shell) {
			r.Opaque, r.Reason = true, alien(r.Shell)
		}
	case r.Form == "heredoc" && strings.HasPrefix(text, "#!"):
		line, _, _ := strings.Cut(text[2:], "\n")
		argv = strings.Fields(line)
		fallthrough
	default:
		var at int
		r.Shell, at = readerOf(argv)
		argv = argv[min(at, len(argv)):]
		if !posix(r.Shell) {
			r.Opaque, r.Reason = true, alien(r.Shell)
			if strings.HasPrefix(text, "#!") && !windowsShell(r.Shell) {
				return nil
			}
		}
	}
	var env map[string]string
	if strings.IndexByte(text, '$') >= 0 {
		env = s.environment()
	}
	parsed, err := shell.Parse(text, env, argv...)
	if err != nil && !r.Opaque {
		// The position in the message counts in the text and not in the file.
		r.Opaque, r.Reason = true, fmt.Sprintf("%s cannot read the text: %s", r.Shell, strings.TrimLeft(err.Error(), "0123456789: "))
	}
	if r.Form == "exec" {
		for i := range parsed.Commands {
			parsed.Commands[i].Offset, parsed.Commands[i].End = 0, 0
		}
	}
	return parsed.Commands
}

// alien is the reason why the text for another program is opaque.
func alien(program string) string {
	return fmt.Sprintf("the text is for %s, whose language is not that of sh", program)
}

// readerOf is the program that reads the text among the words of a SHELL instruction or a #! line, and the
// place of the word: /usr/bin/env bash, conda run -n x bash -c.
func readerOf(argv []string) (name string, at int) {
	for i, w := range argv {
		if n := program(w); posix(n) && (n != "busybox" || i+1 == len(argv) || !posix(program(argv[i+1]))) {
			return n, i
		}
	}
	for i, w := range argv {
		if n := program(w); n != "env" && !strings.HasPrefix(w, "-") && !strings.Contains(w, "=") {
			return n, i
		}
	}
	return "", 0
}

// program is the name of a program without its folder and ".exe", in lower case.
func program(word string) string {
	return strings.TrimSuffix(strings.ToLower(path.Base(strings.ReplaceAll(word, `\`, "/"))), ".exe")
}

// posix tells whether a program reads the language of sh.
func posix(program string) bool {
	switch program {
	case "sh", "bash", "dash", "ash", "ksh", "mksh", "zsh", "busybox":
		return true
	}
	return false
}

func windowsShell(program string) bool {
	return program == "cmd" || program == "powershell" || program == "pwsh"
}

// quoted writes words so that a shell reads them as they are.
func quoted(words []string) string {
	var b strings.Builder
	for _, w := range words {
		b.WriteString("'" + strings.ReplaceAll(w, "'", `'\''`) + "' ")
	}
	return b.String()
}

var windowsCommand = []string{"cmd", "/S", "/C"}

// windows tells an image of Windows by its name, or, for one that is not known, by the escape character, which
// leaves the backslash to paths.
func (s *stageBuilder) windows(img *Image) bool {
	name := strings.ToLower(img.Name)
	for _, w := range [...]string{"windows", "nanoserver", "servercore", "dotnet/framework"} {
		if strings.Contains(name, w) {
			return true
		}
	}
	return s.b.escape == '`' && !img.UserKnown && img.Kind != "scratch"
}
