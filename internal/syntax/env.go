package syntax

import (
	"bytes"
	"path"
	"strings"
	"unicode/utf8"

	"sallyport/internal/fact"
)

// An EnvVar is one assignment of an environment file.
type EnvVar struct {
	// Name is the variable; Value is its value without quotes, "" where there is none.
	Name, Value string
	// Raw is the value as it is written.
	Raw string
	// Span is from the name to the end of the value.
	Span fact.Span
}

// An EnvLine is a line of an environment file that is no assignment: a command, where a shell reads the
// file, or a bare name.
type EnvLine struct {
	Text string
	Span fact.Span
}

// Env reads an environment file: NAME=value, with the notations that dotenv, Docker, systemd and shells
// have in common: "export" in front, comments, single quotes that take everything literally, double
// quotes with escapes, both over several lines, and a backslash that joins lines. A quote that is never
// closed is an error; the line is then read as if the quote were part of the value.
func Env(name string, data []byte) (vars []EnvVar, lines []EnvLine, errs []error) {
	r := envReader{text: string(data), line: 1, start: 0}
	for r.pos < len(r.text) {
		r.blanks()
		from, line := r.pos, r.line
		if r.pos >= len(r.text) {
			break
		}
		if c := r.text[r.pos]; c == '\n' || c == '\r' {
			r.newline()
			continue
		}
		if r.text[r.pos] == '#' || r.text[r.pos] == ';' {
			r.rest()
			continue
		}
		r.word("export")
		begin := r.mark()
		if !r.name() {
			r.pos = from
			begin = r.mark()
			text := r.rest()
			lines = append(lines, EnvLine{text, begin.to(r.mark())})
			continue
		}
		v := EnvVar{Name: r.text[begin.pos:r.pos]}
		r.blanks()
		r.pos++ // the "="
		r.blanks()
		at := r.pos
		end, closed := r.value(&v)
		if !closed {
			errs = append(errs, &fact.Error{
				File: name, Line: line, Msg: "the quote in the value of " + v.Name + " is not closed",
				Hint: "close the quote",
			})
		}
		v.Raw = strings.TrimRight(r.text[at:max(at, end.pos)], " \t")
		v.Span = begin.to(end)
		vars = append(vars, v)
	}
	return vars, lines, errs
}

type envReader struct {
	text string
	pos  int
	// line is the number of the line at pos, and start its offset.
	line, start int
}

// A mark is a position in the text.
type mark struct{ pos, line, column int }

func (r *envReader) mark() mark {
	return mark{r.pos, r.line, 1 + utf8.RuneCountInString(r.text[r.start:r.pos])}
}

func (m mark) to(end mark) fact.Span {
	return fact.Span{Line: m.line, Column: m.column, EndLine: end.line, EndColumn: end.column}
}

func (r *envReader) blanks() {
	for r.pos < len(r.text) && (r.text[r.pos] == ' ' || r.text[r.pos] == '\t') {
		r.pos++
	}
}

// newline steps over the end of a line: \n, \r\n or \r.
func (r *envReader) newline() {
	if strings.HasPrefix(r.text[r.pos:], "\r\n") {
		r.pos++
	}
	r.pos++
	r.line++
	r.start = r.pos
}

// rest is what is left of the line, without its end.
func (r *envReader) rest() string {
	n := strings.IndexAny(r.text[r.pos:], "\r\n")
	if n < 0 {
		n = len(r.text) - r.pos
	}
	text := r.text[r.pos : r.pos+n]
	r.pos += n
	return strings.TrimRight(text, " \t")
}

// word steps over a word and the blanks behind it, where they stand here.
func (r *envReader) word(w string) {
	rest := r.text[r.pos:]
	if strings.HasPrefix(rest, w) && len(rest) > len(w) && (rest[len(w)] == ' ' || rest[len(w)] == '\t') {
		r.pos += len(w)
		r.blanks()
	}
}

// name steps over a name that "=" follows.
func (r *envReader) name() bool {
	i := r.pos
	for i < len(r.text) && envNameByte(r.text[i]) {
		i++
	}
	end := i
	for i < len(r.text) && (r.text[i] == ' ' || r.text[i] == '\t') {
		i++
	}
	if end == r.pos || i >= len(r.text) || r.text[i] != '=' || r.text[r.pos] >= '0' && r.text[r.pos] <= '9' {
		return false
	}
	r.pos = end
	return true
}

func envNameByte(c byte) bool {
	return c == '_' || c == '.' || c == '-' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// value reads a value and steps to the end of its line.
func (r *envReader) value(v *EnvVar) (end mark, closed bool) {
	if r.pos < len(r.text) && strings.IndexByte("'\"`", r.text[r.pos]) >= 0 {
		before := *r
		if text, ok := r.quoted(); ok {
			v.Value = text
			end = r.mark()
			// What follows a closed quote on its line is a comment, or the shell would join it.
			if tail := r.rest(); tail != "" && tail[0] != ' ' && tail[0] != '\t' && tail[0] != '#' && tail[0] != ';' {
				v.Value += tail
				end = r.mark()
			}
			return end, true
		}
		*r = before
		v.Value = r.rest()
		return r.mark(), false
	}
	var b strings.Builder
	for {
		text := r.rest()
		if joined, ok := strings.CutSuffix(text, `\`); ok && !strings.HasSuffix(joined, `\`) && r.pos < len(r.text) {
			b.WriteString(joined)
			r.newline()
			r.blanks()
			continue
		}
		end = r.mark()
		if i := comment(text); i >= 0 {
			end.column -= utf8.RuneCountInString(r.text[r.pos-len(text):r.pos]) - utf8.RuneCountInString(text[:i])
			end.pos -= len(text) - i
			text = text[:i]
		}
		b.WriteString(text)
		v.Value = b.String()
		return end, true
	}
}

// comment is where a comment begins in an unquoted value, with the blanks before it; -1 where none does.
func comment(text string) int {
	for i := range len(text) {
		if text[i] == '#' && (i == 0 || text[i-1] == ' ' || text[i-1] == '\t') {
			return len(strings.TrimRight(text[:i], " \t"))
		}
	}
	return -1
}

// quoted reads a quoted value and steps behind its closing quote.
func (r *envReader) quoted() (string, bool) {
	quote := r.text[r.pos]
	var b strings.Builder
	for r.pos++; r.pos < len(r.text); {
		switch c := r.text[r.pos]; {
		case c == quote:
			r.pos++
			return b.String(), true
		case c == '\n' || c == '\r':
			b.WriteByte('\n')
			r.newline()
			continue
		case c == '\\' && quote == '"' && r.pos+1 < len(r.text):
			r.pos++
			switch e := r.text[r.pos]; e {
			case 'n':
				b.WriteByte('\n')
			case 'r':
				b.WriteByte('\r')
			case 't':
				b.WriteByte('\t')
			case '\n', '\r':
				r.newline()
				continue
			case '"', '\\', '$', '`':
				b.WriteByte(e)
			default:
				b.WriteByte('\\')
				b.WriteByte(e)
			}
		default:
			b.WriteByte(c)
		}
		r.pos++
	}
	return "", false
}

// EnvName tells by its path whether a file is an environment file: sure says that the name alone decides
// it, likely that it depends on what is in the file. Encrypted ones and source files are neither.
func EnvName(file string) (sure, likely bool) {
	base := strings.ToLower(path.Base(file))
	switch path.Ext(base) {
	case ".vault", ".gpg", ".asc", ".age", ".enc", ".sops", ".js", ".mjs", ".cjs", ".ts", ".tsx", ".jsx", ".json", ".yaml", ".yml", ".toml",
		".py", ".rb", ".go", ".rs", ".md", ".html", ".lock":
		return false, false
	}
	if base == ".env" || base == ".envrc" || base == ".flaskenv" || strings.HasPrefix(base, ".env.") || strings.HasPrefix(base, ".env-") ||
		strings.HasPrefix(base, ".env_") || path.Ext(base) == ".env" && base != ".env" {
		return true, false
	}
	dir := "/" + strings.ToLower(path.Dir(file)) + "/"
	for _, d := range []string{"/etc/default/", "/etc/sysconfig/", "/etc/conf.d/", "/env/", "/envs/", "/environments/", "/environment.d/"} {
		if strings.HasSuffix(dir, d) {
			return false, true
		}
	}
	return false, base == "environment" || base == "env" || base == "dotenv" || envStages[strings.TrimPrefix(base, "env.")] ||
		strings.Contains(base, ".env.") || strings.HasSuffix(base, ".envrc") || strings.HasSuffix(base, "_env") || strings.HasSuffix(base, "-env")
}

// envStages are the endings of env.production and its like.
var envStages = func() map[string]bool {
	set := make(map[string]bool)
	for name := range strings.FieldsSeq(`example sample template dist local dev development prod production staging stage test testing
		ci default defaults docker sh txt conf`) {
		set[name] = true
	}
	return set
}()

// EnvText tells whether a text reads like an environment file: it has assignments, and more of them than
// of other lines.
func EnvText(head []byte) bool {
	if strings.HasPrefix(string(head[:min(len(head), 2)]), "#!") || bytes.IndexByte(head, 0) >= 0 {
		return false
	}
	vars, lines, _ := Env("", head)
	return len(vars) > len(lines)
}

// EnvExample tells by its name whether an environment file is one to copy and fill in.
func EnvExample(file string) bool {
	base := strings.ToLower(path.Base(file))
	for _, part := range strings.FieldsFunc(base, func(r rune) bool { return r == '.' || r == '-' || r == '_' }) {
		switch part {
		case "example", "examples", "sample", "template", "dist", "tpl", "defaults", "default", "skeleton", "skel":
			return true
		}
	}
	return false
}
