package syntax

import (
	"bytes"
	"io/fs"
	"unicode/utf8"

	"sallyport/internal/fact"
)

// Read returns the text of a file without its byte order mark. A NUL byte and invalid UTF-8 are errors
// with their line: no notation that is read here allows them, and tools disagree about what they mean.
func Read(fsys fs.FS, path string) ([]byte, error) {
	data, err := fs.ReadFile(fsys, path)
	if err != nil {
		return nil, err
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) {
		return nil, &fact.Error{File: path, Line: 1, Msg: "the text is UTF-16", Hint: "save the file as UTF-8 text, in PowerShell with Out-File -Encoding utf8"}
	}
	if i := bytes.IndexByte(data, 0); i >= 0 {
		return nil, &fact.Error{
			File: path, Line: lineOf(data, i), Msg: "a NUL byte in a text file",
			Hint: "save the file as UTF-8 text",
		}
	}
	if !utf8.Valid(data) {
		i := 0
		for i < len(data) {
			r, n := utf8.DecodeRune(data[i:])
			if r == utf8.RuneError && n == 1 {
				break
			}
			i += n
		}
		return nil, &fact.Error{
			File: path, Line: lineOf(data, i), Msg: "invalid UTF-8",
			Hint: "save the file as UTF-8 text",
		}
	}
	return data, nil
}

func lineOf(data []byte, offset int) int { return 1 + bytes.Count(data[:offset], []byte("\n")) }
