package dockerfile

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/command"
	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerfile/parser"

	"sallyport/internal/fact"
	"sallyport/internal/shell"
)

const (
	// maxSize bounds the file: buildkit's parser recurses on ONBUILD.
	maxSize = 512 << 10
	// maxExpansions bounds "${" in a file with here-documents: buildkit's lexer recurses on it and
	// copies what is inside at every level.
	maxExpansions = 5000
)

// An instruction is a parsed instruction together with its node, which knows its lines.
type instruction struct {
	node *parser.Node
	// cmd is what instructions.ParseInstruction makes of the node.
	cmd any
	// inner is the node of the trigger where node is an ONBUILD instruction; cmd is the trigger then.
	inner *parser.Node
	// commands are what a RUN instruction runs, once that is known.
	commands []shell.Command
}

// name is the instruction in lower case.
func (in *instruction) name() string {
	if in.inner != nil {
		return strings.ToLower(in.inner.Value)
	}
	return strings.ToLower(in.node.Value)
}

// flags are the flags as buildkit split them.
func (in *instruction) flags() []string {
	if in.inner != nil {
		return in.inner.Flags
	}
	return in.node.Flags
}

// args is the first argument of the instruction.
func (in *instruction) args() *parser.Node {
	if in.inner != nil {
		return in.inner.Next
	}
	return in.node.Next
}

// at is an anchor in the instruction.
func (in *instruction) at(p part, n int) anchor {
	return anchor{node: in.node, part: p, n: n, trigger: in.inner != nil}
}

// parse reads the file as buildkit does: parser.Parse, then every instruction.
func parse(path string, data []byte) (result *parser.Result, list []instruction, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = &fact.Error{
				File: path, Msg: fmt.Sprintf("buildkit's parser gives up: %v", r),
				Hint: "build the file with docker build --check",
			}
		}
	}()
	if len(data) > maxSize {
		return nil, nil, &fact.Error{
			File: path, Msg: fmt.Sprintf("a Dockerfile of %d bytes is too large to be judged", len(data)),
			Hint: "keep it below 512 KiB, and move scripts into files of their own",
		}
	}
	if bytes.Contains(data, []byte("<<")) && bytes.Count(data, []byte("${")) > maxExpansions {
		return nil, nil, &fact.Error{
			File: path, Msg: "more variables beside here-documents than can be judged",
			Hint: "move the scripts into files of their own",
		}
	}
	result, err = parser.Parse(bytes.NewReader(data))
	if err != nil {
		return nil, nil, refusal(path, err, 0)
	}
	list = make([]instruction, 0, len(result.AST.Children))
	for _, n := range result.AST.Children {
		if chained(n) {
			return nil, nil, &fact.Error{
				File: path, Line: n.StartLine,
				Msg: "Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed", Hint: "write ONBUILD once",
			}
		}
		cmd, err := instructions.ParseInstructionWithLinter(n, silent)
		if err != nil {
			return nil, nil, refusal(path, err, n.StartLine)
		}
		list = append(list, instruction{node: n, cmd: cmd})
	}
	return result, list, nil
}

// silent is a linter that says nothing. Without any, buildkit's parser panics at a comment "# check=skip=...".
var silent = linter.New(&linter.Config{})

var errTrigger = errors.New("onbuild trigger should be a single expression")

// chained tells ONBUILD ONBUILD: buildkit refuses it too, but only after work that grows with the
// square of its length.
func chained(n *parser.Node) bool {
	if !strings.EqualFold(n.Value, command.Onbuild) || n.Next == nil || len(n.Next.Children) == 0 {
		return false
	}
	return strings.EqualFold(n.Next.Children[0].Value, command.Onbuild)
}

// refusal turns an error of buildkit into one with a line and with advice.
func refusal(path string, err error, line int) error {
	var located *parser.LocationError
	if errors.As(err, &located) {
		for _, ranges := range located.Locations {
			if len(ranges) > 0 && ranges[0].Start.Line > 0 {
				line = ranges[0].Start.Line
				break
			}
		}
	}
	msg, _, _ := strings.Cut(err.Error(), "\n")
	msg, _, _ = strings.Cut(msg, " (did you mean") // the guess is another one each time
	msg = strings.TrimPrefix(msg, fmt.Sprintf("dockerfile parse error on line %d: ", line))
	return &fact.Error{File: path, Line: line, Msg: msg, Hint: advice(msg)}
}

// advice says what to do about a message of buildkit.
func advice(msg string) string {
	for _, a := range [...]struct{ part, hint string }{
		{"unknown instruction", "check the spelling, and that the line before ends in the escape character if this one continues it"},
		{"unterminated heredoc", "end the here-document with its delimiter alone on a line"},
		{"no build stage", "begin with FROM; only ARG may stand before it"},
		{"no instructions", "begin with FROM"},
		{"unknown flag", "check the flag against the Dockerfile reference"},
		{"requires exactly one argument", "give one argument"},
		{"requires at least one argument", "give an argument"},
		{"FROM requires", "write FROM image, or FROM image AS name"},
		{"must have two arguments", "write name=value"},
		{"can't find =", "write name=value, and put quotes around a value with blanks"},
		{"invalid name for build stage", "begin the name with a letter, and use letters, digits, and - _ . only"},
		{"greater than max allowed size", "break the line with the escape character"},
		{"JSON", "write a JSON array of strings in double quotes"},
		{"escape token", "use \\ or ` after # escape="},
	} {
		if strings.Contains(msg, a.part) {
			return a.hint
		}
	}
	return "correct the line; docker build refuses it too"
}
