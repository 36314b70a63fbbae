package syntax

import (
	"bytes"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"sync"

	"sallyport/internal/fact"
)

var yamlErrorText = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^yaml: (?:line (\d+): )?((?s).*)$`) })

// maxSearch bounds the texts in which the line of a mistake is searched for.
const maxSearch = 1 << 20

// yamlMistake words what the parser says for people. The parser's own line is often the one before, or
// the start of the collection around the mistake, so the line is taken from the shortest beginning of
// the text that has the same mistake.
func yamlMistake(name string, before int, chunk []byte, err error) error {
	e := &fact.Error{File: name, Line: before + 1, Msg: err.Error(), Hint: "correct the YAML"}
	m := yamlErrorText().FindStringSubmatch(err.Error())
	if m == nil {
		return e
	}
	e.Msg = m[2]
	if n, err := strconv.Atoi(m[1]); err == nil {
		e.Line = before + n
	}
	if len(chunk) <= maxSearch {
		e.Line = before + shortest(chunk, m[2])
	}
	for _, known := range yamlMistakes {
		if strings.HasPrefix(e.Msg, known.says) {
			e.Hint = known.hint
			if known.msg != "" {
				e.Msg = known.msg
			}
			break
		}
	}
	if lines := bytes.SplitAfterN(chunk, []byte("\n"), e.Line-before+1); e.Line > before && len(lines) >= e.Line-before {
		line := lines[e.Line-before-1]
		if indent := line[:len(line)-len(bytes.TrimLeft(line, " \t-"))]; bytes.IndexByte(indent, '\t') >= 0 {
			e.Column = bytes.IndexByte(indent, '\t') + 1
			e.Msg, e.Hint = "a tab in the indentation, where YAML allows only spaces", "indent with spaces"
		}
	}
	return e
}

// shortest counts the lines of the shortest beginning of text with a mistake of that name.
func shortest(text []byte, problem string) int {
	ends := []int{0}
	for line := range bytes.Lines(text) {
		ends = append(ends, ends[len(ends)-1]+len(line))
	}
	n := sort.Search(len(ends), func(i int) bool {
		_, err := yamlNodes(text[:ends[i]])
		return err != nil && strings.HasSuffix(err.Error(), problem)
	})
	return min(n, len(ends)-1)
}

var yamlMistakes = []struct{ says, msg, hint string }{
	{
		"found character that cannot start any token", "a character that cannot start a value",
		"put the value in quotes",
	},
	{
		"mapping values are not allowed in this context", "a second \": \" in one entry",
		"correct the indentation, or put a value that holds \": \" in quotes",
	},
	{
		"did not find expected key", "the line fits neither the mapping before it nor a new one",
		"correct the indentation, or put the value before in quotes",
	},
	{
		"did not find expected '-' indicator", "the line is no entry of the list before it",
		"correct the indentation",
	},
	{"could not find expected ':'", "a key without \":\"", "write a colon and a space after the key, or correct the indentation"},
	{"found unexpected end of stream", "a quoted text that does not end", "close the quote"},
	{"found unexpected document indicator", "a quoted text that does not end", "close the quote"},
	{"did not find expected ',' or ']'", "a \"[\" list that does not end", "separate the entries by commas and close the bracket"},
	{"did not find expected ',' or '}'", "a \"{\" mapping that does not end", "separate the entries by commas and close the brace"},
	{"did not find expected node content", "a value is missing", "write the value, or put it in quotes"},
	{"did not find expected <document start>", "content after the end of the document", "correct the indentation, or separate documents by ---"},
	{
		"did not find expected alphabetic or numeric character", "an anchor or alias without a name",
		"put a value that starts with & or * in quotes",
	},
	{"unknown anchor", "", "define the anchor before its alias, or put a value that starts with * in quotes"},
	{"control characters are not allowed", "", "remove the control character"},
	{"exceeded max depth", "", "flatten the structure"},
	{"found unknown escape character", "an unknown escape in double quotes", "use single quotes, or double the backslash"},
	{"found undefined tag handle", "", "declare the tag handle, or put a value that starts with ! in quotes"},
}
