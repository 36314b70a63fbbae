// Package shell reads shell scripts as lists of commands: what would be run, with which words, as far
// as that can be known without running anything. Dockerfiles and CI workflows share it.
package shell

import (
	"errors"
	"strings"
	"sync"
	"unicode/utf8"

	"mvdan.cc/sh/v3/syntax"
)

// A Script is what a text would run.
type Script struct {
	// Commands are in the order of the text. A command that runs another (sudo, env, sh -c) comes first,
	// and the other one follows it as a command of its own.
	Commands []Command
}

// A Command is one simple command (POSIX.1-2017 XCU 2.9.1), or an assignment or declaration by itself.
type Command struct {
	// Name is the first word; "" for assignments alone.
	Name string
	// Args are the words after it, with quotes removed and known variables expanded. What cannot be
	// known stays as it was typed: "$X", "$(date)".
	Args []string
	// Env are the assignments before the command, or those that an export or a lone assignment makes.
	Env []Assign
	// Input is the text that a pipe or a here-document feeds into the command.
	Input string
	// Output is the file that > or >> writes to.
	Output string
	// MayFail is true where a failure of the command does not stop even a script under "set -e".
	MayFail bool
	// Piped is true before a pipe where the script did not set pipefail.
	Piped bool
	// Via is the program without its folder that runs the command: "sudo", "sh"; "" where the shell does.
	Via string
	// Pipeline is the same number for commands that pipes connect.
	Pipeline int
	// Joined is what stands before the command: "", "&&", "||", ";", "&" or "|".
	Joined string
	// Nested is true inside a function, a loop, a condition, a subshell or a command substitution, and
	// Function inside a function.
	Nested, Function bool
	// Redirects are its redirections, then those of the blocks around it.
	Redirects []Redirect
	// Offset and End are bytes in the text.
	Offset, End int
}

// A Redirect is a redirection (POSIX.1-2017 XCU 2.7).
type Redirect struct {
	// Op is the operator without the descriptor: ">", ">>", "<<-", ">&".
	Op string
	// FD is the descriptor that is redirected, -1 for standard output and error at once.
	FD int
	// Target is the file or descriptor; the delimiter of a here-document.
	Target string
}

// An Assign is a variable and the value that it gets.
type Assign struct {
	Name, Value string
	// Known is false where the value depends on something outside the text.
	Known bool
	// Exported is true where later commands see the variable in their environment.
	Exported bool
	// Offset and End are bytes in the text.
	Offset, End int
}

const (
	maxText    = 256 << 10 // longer scripts are programs, and the parser recurses
	maxOpeners = 5000      // bounds the parser's recursion
	maxNested  = 4         // sh -c "sh -c ..."
	maxValue   = 16 << 10  // a variable that doubles itself stays bounded
	maxWords   = 100_000   // all words of a script together
	// maxRedirects bounds those of nested blocks, which each command inside has.
	maxRedirects = 16
	// maxHeader is how far behind a command its here-document is looked for.
	maxHeader = 1 << 10
)

var errTooLong = errors.New("the script is too long or too deeply nested to be read")

// Parse reads a script in the language of sh or bash. env holds the variables that are known from
// outside. An error comes with the commands that a plain splitting at newlines, semicolons, pipes and
// && finds, because a text in another shell's language still mostly consists of such commands.
// GitHub's ${{ expressions }} count as unknown variables. shell is how the shell is called, bash without it:
// "/bin/bash", "-o", "pipefail", "-c".
func Parse(text string, env map[string]string, shell ...string) (Script, error) {
	r := &reader{text: text, env: env, count: new(counters)}
	if len(shell) > 0 {
		r.plain = plain(shell[0])
		r.options(shell[1:])
	}
	err := r.parse()
	if err != nil {
		r.cmds = split(text, env)
	}
	return Script{Commands: r.cmds}, err
}

// plain tells whether a shell lacks the expansion of braces.
func plain(program string) bool {
	switch base(program) {
	case "bash", "zsh", "ksh", "mksh":
		return false
	}
	return true
}

var parsers = sync.Pool{New: func() any { return syntax.NewParser(syntax.Variant(syntax.LangBash)) }}

func parseText(text string) (*syntax.File, error) {
	if len(text) > maxText || openers(text) > maxOpeners {
		return nil, errTooLong
	}
	p := parsers.Get().(*syntax.Parser)
	defer parsers.Put(p)
	return p.Parse(strings.NewReader(hideExpressions(text)), "")
}

// openers counts what may open a level of nesting: brackets, and words that begin a compound command.
func openers(text string) int {
	n := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '(', '{', '`', '!':
			n++
		case ' ', '\t', '\n', ';':
			for _, k := range [...]string{"if", "while", "until", "case", "select", "time", "for", "coproc"} {
				if strings.HasSuffix(text[:i], k) {
					n++
				}
			}
		}
	}
	return n
}

// hideExpressions puts a variable of the same length in the place of each ${{ ... }}.
func hideExpressions(text string) string {
	if !strings.Contains(text, "${{") {
		return text
	}
	b := []byte(text)
	for at := 0; ; {
		i := strings.Index(text[at:], "${{")
		if i < 0 {
			return string(b)
		}
		start := at + i
		n := strings.Index(text[start:], "}}")
		if n < 0 {
			return string(b)
		}
		end := start + n + len("}}")
		for j := start + 2; j < end-1; j++ {
			b[j] = '_'
		}
		at = end
	}
}

// Position turns a byte offset of a text into its line and column; both count from 1, columns in code
// points.
func Position(text string, offset int) (line, column int) {
	before := text[:min(max(offset, 0), len(text))]
	start := strings.LastIndexByte(before, '\n') + 1
	return 1 + strings.Count(before, "\n"), 1 + utf8.RuneCountInString(before[start:])
}
