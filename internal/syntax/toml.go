package syntax

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/BurntSushi/toml"

	"sallyport/internal/fact"
)

// TOML parses a TOML text (toml.io, version 1.0 and the relaxed inline tables of 1.1). Dates and times
// become strings as RFC 3339 writes them, and the floats nan and inf become their names, because
// facts are encoded as JSON. Nesting beyond MaxDepth is an error.
func TOML(name string, data []byte) (Tree, error) { return readTOML(name, data, maxParts) }

func readTOML(name string, data []byte, most int) (Tree, error) {
	text := strings.TrimPrefix(string(data), "\ufeff")
	if valid := strings.ToValidUTF8(text, ""); len(valid) < len(text) {
		offset := 0
		for offset < len(valid) && valid[offset] == text[offset] {
			offset++
		}
		return Tree{}, (&tomlMistake{offset, "invalid UTF-8", "save the file as UTF-8 text"}).at(name, text)
	}
	if m := checkTOML(text, most); m != nil {
		return Tree{}, m.at(name, text)
	}
	value, err := decodeTOML(name, text)
	if err != nil {
		return Tree{}, err
	}
	return Tree{Value: value, Spans: tomlLocator(text)}, nil
}

// decodeTOML calls the library, whose parser answers some malformed texts with a panic.
func decodeTOML(name, text string) (value any, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = &fact.Error{File: name, Msg: "malformed TOML", Hint: "correct the TOML"}
		}
	}()
	var table map[string]any
	if _, err := toml.Decode(text, &table); err != nil {
		return nil, tomlError(name, text, err)
	}
	return plainTOML(table), nil
}

// A tomlMistake is what makes a text unacceptable before it is decoded.
type tomlMistake struct {
	offset    int
	msg, hint string
}

func (m *tomlMistake) at(name, text string) error {
	line, column := newIndex(text).place(m.offset)
	return &fact.Error{File: name, Line: line, Column: column, Msg: m.msg, Hint: m.hint}
}

// tomlError words the library's error for people. Its columns count bytes and ours code points, so
// they are counted again.
func tomlError(name, text string, err error) error {
	var p toml.ParseError
	if !errors.As(err, &p) {
		return &fact.Error{File: name, Msg: err.Error(), Hint: "correct the TOML"}
	}
	m := tomlMistake{offset: p.Position.Start, msg: wording(p.Message), hint: "correct the TOML"}
	switch {
	case strings.Contains(m.msg, "already been defined"), strings.Contains(m.msg, "already created"):
		m.hint = "keep one of the two definitions"
	case strings.Contains(m.msg, "unexpected EOF"):
		m.hint = "close what is open: the text ends early"
	case strings.Contains(m.msg, "control characters"):
		m.hint = "remove the character or write it as an escape"
	}
	return m.at(name, text)
}

// wording starts a message in lower case, as all errors here, and bounds its length, because it may
// repeat a part of the text.
func wording(msg string) string {
	const most = 200
	msg = strings.TrimSuffix(strings.TrimPrefix(msg, "toml: "), ".")
	msg = strings.ReplaceAll(msg, `'\x00'`, "the end of the text") // a NUL byte has another message
	if utf8.RuneCountInString(msg) > most {
		msg = string([]rune(msg)[:most]) + "..."
	}
	if first, n := utf8.DecodeRuneInString(msg); !strings.HasPrefix(msg, "TOML") {
		msg = string(unicode.ToLower(first)) + msg[n:]
	}
	return msg
}

// plainTOML reduces the library's types to those of Tree.Value.
func plainTOML(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for key, value := range v {
			switch value.(type) {
			case string, bool, int64:
			default:
				v[key] = plainTOML(value)
			}
		}
		return v
	case []any:
		for i := range v {
			v[i] = plainTOML(v[i])
		}
		return v
	case []map[string]any:
		list := make([]any, len(v))
		for i := range v {
			list[i] = plainTOML(v[i])
		}
		return list
	case time.Time:
		return timeTOML(v)
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return strings.ToLower(strings.TrimPrefix(fmt.Sprint(v), "+"))
		}
	}
	return v
}

// timeTOML writes a time with the parts that it has; the library tells them by the name of the zone.
func timeTOML(t time.Time) string {
	switch t.Location().String() {
	case "datetime-local":
		return t.Format("2006-01-02T15:04:05.999999999")
	case "date-local":
		return t.Format(time.DateOnly)
	case "time-local":
		return t.Format("15:04:05.999999999")
	}
	return t.Format(time.RFC3339Nano)
}
