package shell

import (
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// A word is what a shell word expands to. known is false where a part of it cannot be known; that part
// stands there as it was typed.
type word struct {
	fields []string
	known  bool
}

func (w word) text() string { return strings.Join(w.fields, " ") }

// word expands a word: quotes are removed and known variables put in, with field splitting
// (POSIX.1-2017 XCU 2.6).
func (r *reader) word(w *syntax.Word) word {
	if w == nil {
		return word{known: true}
	}
	if r.count.words++; r.count.words > maxWords {
		return word{}
	}
	if len(w.Parts) == 1 {
		if lit, ok := w.Parts[0].(*syntax.Lit); ok && !strings.ContainsRune(lit.Value, '\\') {
			return word{fields: []string{lit.Value}, known: true}
		}
	}
	e := expander{r: r, known: true}
	for _, p := range w.Parts {
		e.part(p, false)
	}
	e.flush()
	return word{fields: e.fields, known: e.known}
}

// words appends what a word expands to, braces first (bash(1), Brace Expansion).
func (r *reader) words(list []string, w *syntax.Word) []string {
	if len(w.Parts) == 1 {
		if lit, ok := w.Parts[0].(*syntax.Lit); ok && !strings.ContainsAny(lit.Value, "\\{") {
			r.count.words++
			return append(list, lit.Value)
		}
	}
	if r.plain || !braced(w) {
		return append(list, r.word(w).fields...)
	}
	split := *w
	split.Parts = slices.Clone(w.Parts)
	if !syntax.SplitBraces(&split) {
		return append(list, r.word(w).fields...)
	}
	r.braces(&split, func(one *syntax.Word) { list = append(list, r.word(one).fields...) })
	return list
}

// braces gives each word that a word with lists in braces stands for.
func (r *reader) braces(w *syntax.Word, each func(*syntax.Word)) {
	i := slices.IndexFunc(w.Parts, func(p syntax.WordPart) bool { _, ok := p.(*syntax.BraceExp); return ok })
	if i < 0 {
		each(w)
		return
	}
	for _, element := range w.Parts[i].(*syntax.BraceExp).Elems {
		if r.count.words > maxWords {
			return
		}
		r.braces(&syntax.Word{Parts: slices.Concat(w.Parts[:i], element.Parts, w.Parts[i+1:])}, each)
	}
}

// braced tells whether a word has lists in braces, and few enough of them; the number of words is the product.
func braced(w *syntax.Word) bool {
	open, commas := 0, 0
	for _, p := range w.Parts {
		if lit, ok := p.(*syntax.Lit); ok && strings.IndexByte(lit.Value, '{') >= 0 {
			if strings.Contains(lit.Value, "..") {
				return false
			}
			open += strings.Count(lit.Value, "{")
			commas += strings.Count(lit.Value, ",")
		}
	}
	return open > 0 && commas > 0 && open <= 4 && commas <= 16
}

type expander struct {
	r      *reader
	b      strings.Builder
	open   bool // a field has begun, though it may be empty
	fields []string
	known  bool
}

func (e *expander) flush() {
	if e.open {
		e.fields = append(e.fields, e.b.String())
		e.b.Reset()
		e.open = false
	}
}

func (e *expander) write(s string) {
	if s != "" && e.b.Len() < 4*maxValue {
		e.b.WriteString(s)
		e.open = true
	}
}

func (e *expander) part(p syntax.WordPart, quoted bool) {
	switch p := p.(type) {
	case *syntax.Lit:
		e.write(unescape(p.Value, quoted))
	case *syntax.SglQuoted:
		e.open = true
		e.write(between(e.r.source(p), "'"))
	case *syntax.DblQuoted:
		e.open = true
		for _, q := range p.Parts {
			e.part(q, true)
		}
	case *syntax.ParamExp:
		e.param(p, quoted)
	case *syntax.CmdSubst:
		e.r.nested(p.Stmts)
		e.unknown(p)
	case *syntax.ProcSubst:
		e.r.nested(p.Stmts)
		e.unknown(p)
	case *syntax.ArithmExp:
		e.r.substitutions(p)
		e.unknown(p)
	default:
		e.write(e.r.source(p))
	}
}

func (e *expander) unknown(n syntax.Node) {
	e.known = false
	e.write(e.r.source(n))
}

// nested reads the statements of a substitution: they run in a subshell, without the pipe around them.
func (r *reader) nested(list []*syntax.Stmt) {
	outer := r.context
	r.input, r.body, r.join, r.redirects = "", "", "", nil
	r.beforePipe, r.pipeline, r.inside = false, 0, true
	r.stmts(list)
	r.context = outer
}

func (e *expander) param(p *syntax.ParamExp, quoted bool) {
	value, ok := e.value(p)
	if !ok {
		e.unknown(p)
		return
	}
	if quoted {
		e.write(value)
		return
	}
	for i, f := range strings.Fields(value) {
		if i > 0 || startsWithSpace(value) {
			e.flush()
		}
		e.write(f)
	}
	if value != "" && endsWithSpace(value) {
		e.flush()
	}
}

func (e *expander) value(p *syntax.ParamExp) (string, bool) {
	if p.Param == nil || p.Excl || p.Length || p.Width || p.Index != nil || p.Slice != nil || p.Repl != nil {
		return "", false
	}
	value, ok := e.r.lookup(p.Param.Value)
	if p.Exp == nil {
		return value, ok
	}
	alternative := e.r.word(p.Exp.Word)
	switch p.Exp.Op {
	case syntax.DefaultUnset, syntax.DefaultUnsetOrNull, syntax.AssignUnset, syntax.AssignUnsetOrNull:
		null := p.Exp.Op == syntax.DefaultUnsetOrNull || p.Exp.Op == syntax.AssignUnsetOrNull
		if ok && (value != "" || !null) {
			return value, true
		}
		return alternative.text(), alternative.known && !e.r.gone[p.Param.Value]
	case syntax.AlternateUnset, syntax.AlternateUnsetOrNull:
		if ok && (value != "" || p.Exp.Op == syntax.AlternateUnset) {
			return alternative.text(), alternative.known
		}
		return "", ok
	case syntax.ErrorUnset, syntax.ErrorUnsetOrNull:
		return value, ok
	}
	return "", false
}

// unescape removes the backslashes that quote: outside of quotes all, inside those before $ ` " and \.
func unescape(s string, quoted bool) string {
	if !strings.ContainsRune(s, '\\') {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) && (!quoted || strings.IndexByte("$`\"\\", s[i+1]) >= 0) {
			i++
			if s[i] == '\n' {
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// between returns what stands between the first and the last quote.
func between(s, quote string) string {
	if i := strings.Index(s, quote); i >= 0 {
		s = s[i+1:]
	}
	return strings.TrimSuffix(s, quote)
}

func startsWithSpace(s string) bool { return s != strings.TrimLeft(s, " \t\n") }
func endsWithSpace(s string) bool   { return s != strings.TrimRight(s, " \t\n") }
