package shell

import (
	"strconv"
	"strings"

	"mvdan.cc/sh/v3/expand"
	"mvdan.cc/sh/v3/syntax"
)

func (r *tracer) set(name, value string) {
	if len(value) > maxValue {
		r.forget(name, "a long value of "+name)
		return
	}
	delete(r.lost, name)
	r.vars[name] = expand.Variable{Set: true, Kind: expand.String, Str: value}
}

func (r *tracer) param(name string) (string, bool) {
	if n, err := strconv.Atoi(name); err == nil && n > 0 && n <= len(r.params) {
		return r.params[n-1], true
	}
	return "", false
}

func (r *tracer) sourceOf(n syntax.Node) string {
	from, to := int(n.Pos().Offset()), int(n.End().Offset())
	if from > to || to > len(r.text) {
		return ""
	}
	text := strings.Join(strings.Fields(r.text[from:to]), " ")
	return text
}

// clip keeps reasons short.
func clip(s string) string {
	if len(s) > 50 {
		return strings.ToValidUTF8(s[:47], "") + "..."
	}
	return s
}
