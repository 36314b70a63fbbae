package shell

import "mvdan.cc/sh/v3/syntax"

// assign evaluates an assignment. One before a command is for that command alone.
func (r *reader) assign(a *syntax.Assign, local bool) Assign {
	v := Assign{Known: true, Exported: local, Offset: int(a.Pos().Offset()), End: int(a.End().Offset())}
	if a.Name != nil {
		v.Name = a.Name.Value
	}
	var value word
	switch {
	case a.Array != nil || a.Index != nil:
		value = word{fields: []string{r.source(a)}}
	case a.Value != nil:
		value = r.word(a.Value)
	default:
		value = word{known: true}
	}
	if old, ok := r.lookup(v.Name); a.Append && value.known {
		value.known = ok
		value.fields = []string{old + value.text()}
	}
	v.Value, v.Known = value.text(), value.known
	if !local {
		r.set(v.Name, value)
	}
	return v
}

func (r *reader) set(name string, w word) {
	text := w.text()
	if !w.known || len(text) > maxValue {
		r.forget(name)
		return
	}
	if r.vars == nil {
		r.vars = make(map[string]string)
	}
	r.vars[name] = text
	delete(r.gone, name)
}

func (r *reader) forget(name string) {
	if r.gone == nil {
		r.gone = make(map[string]bool)
	}
	r.gone[name] = true
	delete(r.vars, name)
}

func (r *reader) lookup(name string) (string, bool) {
	if r.gone[name] {
		return "", false
	}
	if v, ok := r.vars[name]; ok {
		return v, true
	}
	v, ok := r.env[name]
	return v, ok
}
