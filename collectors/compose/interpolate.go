package compose

import (
	"strings"

	"sallyport/internal/syntax"
)

// variables are the values that compose would put in (compose-spec, "Interpolation"). The shell that runs
// compose may know more; what is not here is not known.
type variables map[string]string

// nesting bounds defaults inside defaults.
const nesting = 8

// expand puts the variables into a text. What has no value stays as it is written, and known is false.
func (vars variables) expand(text string) (result string, known bool) {
	if !strings.Contains(text, "$") {
		return text, true
	}
	return vars.within(text, 0)
}

func (vars variables) within(text string, depth int) (string, bool) {
	var b strings.Builder
	known := depth < nesting
	if !known {
		return text, false
	}
	for {
		i := strings.IndexByte(text, '$')
		if i < 0 || i+1 == len(text) {
			return b.String() + text, known
		}
		b.WriteString(text[:i])
		text = text[i:]
		if text[1] == '$' {
			b.WriteByte('$')
			text = text[2:]
			continue
		}
		reference, rest := cut(text)
		value, ok := vars.reference(reference, depth)
		if !ok {
			known, value = false, reference
		}
		b.WriteString(value)
		text = rest
	}
}

// cut takes the reference from the start of a text: $NAME or ${…} with its braces balanced.
func cut(text string) (reference, rest string) {
	if text[1] != '{' {
		n := 1 + len(name(text[1:]))
		return text[:max(n, 1)], text[max(n, 1):]
	}
	open := 0
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '{':
			open++
		case '}':
			if open--; open == 0 {
				return text[:i+1], text[i+1:]
			}
		}
	}
	return text, ""
}

func name(text string) string {
	for i := range len(text) {
		c := text[i]
		letter := c == '_' || c|0x20 >= 'a' && c|0x20 <= 'z'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return text[:i]
		}
	}
	return text
}

func (vars variables) reference(text string, depth int) (value string, ok bool) {
	braces, inside := strings.CutPrefix(text, "${")
	if !inside {
		value, ok = vars[text[1:]]
		return value, ok
	}
	inner, closed := strings.CutSuffix(braces, "}")
	n := name(inner)
	if !closed || n == "" {
		return "", false
	}
	value, set := vars[n]
	operator := inner[len(n):]
	filled := set
	if rest, ok := strings.CutPrefix(operator, ":"); ok {
		operator, filled = rest, value != ""
	}
	switch {
	case operator == "" && inner == n, strings.HasPrefix(operator, "?"):
		return value, filled
	case strings.HasPrefix(operator, "-"):
		if filled {
			return value, true
		}
		return vars.within(operator[1:], depth+1)
	case strings.HasPrefix(operator, "+"):
		if filled {
			return vars.within(operator[1:], depth+1)
		}
		// The shell may set the variable, so the alternative is as possible as nothing.
		return "", false
	}
	return "", false
}

// dotenv are the variables of an env file.
func dotenv(file string, text []byte) variables {
	vars := variables{}
	list, _, _ := syntax.Env(file, text)
	for _, v := range list {
		vars[v.Name] = v.Value
	}
	return vars
}
