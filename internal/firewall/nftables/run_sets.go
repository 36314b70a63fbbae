package nftables

import (
	"slices"

	"sallyport/internal/fact"
)

// set declares a set or map.
func (r *run) set(t *tableState, name string, at fact.Span, b *setBlock, create bool) {
	c := newContext(r, t, nil)
	s := &setState{name: name, table: t.name, at: at, isMap: b.isMap, autoMerge: b.autoMerge, object: b.object, index: make(map[elementKey]*element)}
	if len(b.key) == 0 {
		refuse(at, "write its type", "the set %s has no type", name)
	}
	s.types = c.typesFrom(b.key)
	if len(b.data) == 1 && b.data[0].name == "verdict" {
		s.verdicts = true
	} else {
		s.data = c.typesFrom(b.data)
	}
	if b.isMap && len(b.data) == 0 && b.object == "" {
		refuse(at, "write what the map holds behind a colon", "the map %s has no type of values", name)
	}
	s.timeout, s.size = b.timeout, b.size
	for _, f := range b.flags {
		s.interval = s.interval || f.text == "interval"
		s.constant = s.constant || f.text == "constant"
		s.timeout = s.timeout || f.text == "timeout"
	}
	old := t.sets[name]
	if old == nil {
		t.next()
		t.sets[name] = s
		t.setOrder = append(t.setOrder, s)
		return
	}
	if create || old.isMap != s.isMap || old.interval != s.interval || !slices.EqualFunc(old.types, s.types, func(a, b *datatype) bool { return a.name == b.name }) {
		refuse(at, "", "the table %s %s has a set %q already, of another type", t.family, t.name, name)
	}
}

// fill adds the elements that stand in a declaration.
func (r *run) fill(t *tableState, name string, b *setBlock) {
	if s := t.sets[name]; s != nil && b.elements != nil {
		newContext(r, t, nil).fill(s, b.elements, false)
	}
}

// typesFrom is the types of names or of expressions.
func (c *context) typesFrom(refs []typeRef) []*datatype {
	var all []*datatype
	for _, ref := range refs {
		if ref.of != nil {
			// Each expression of a typeof stands for itself: what it implies is asked where it is looked up.
			inner := newContext(c.run, c.table, nil)
			inner.net = ""
			all = append(all, inner.term(ref.of).typ)
			continue
		}
		t := datatypes[ref.name]
		if (t == nil || t.name == "integer" || t.name == "string") && c.run.listed {
			all = append(all, &datatype{name: "integer", bits: 128, parse: anyText})
			continue
		}
		if t == nil {
			refuse(ref.at, didYouMean(ref.name, typeNames()), "there is no type %q", ref.name)
		}
		if ref.name == "integer" || ref.name == "string" || ref.name == "verdict" {
			refuse(ref.at, "write typeof and an expression", "the type %s has no size of its own", ref.name)
		}
		all = append(all, t)
	}
	return all
}

func (r *run) setCommand(c *command) {
	t := r.table(c.name)
	switch c.verb {
	case "add", "create":
		r.set(t, c.name.name, c.name.at, c.set, c.verb == "create")
		r.fill(t, c.name.name, c.set)
		return
	}
	s := t.sets[c.name.name]
	if s == nil || s.isMap != (c.object == "map") {
		if c.verb == "destroy" {
			return
		}
		refuse(c.name.at, didYouMean(c.name.name, names(t.sets)), "the table %s %s has no %s %q", t.family, t.name, c.object, c.name.name)
	}
	switch c.verb {
	case "delete", "destroy":
		if s.refs > 0 {
			refuse(c.name.at, "delete the rules that use it before", "rules still use %q", s.name)
		}
		s.release()
		delete(t.sets, s.name)
		t.setOrder = slices.DeleteFunc(t.setOrder, func(o *setState) bool { return o == s })
	case "flush":
		s.release()
		s.clear()
	}
}

func (r *run) elementCommand(c *command) {
	t := r.table(c.name)
	s := t.sets[c.name.name]
	if s == nil {
		refuse(c.name.at, didYouMean(c.name.name, names(t.sets)), "the table %s %s has no set %q", t.family, t.name, c.name.name)
	}
	ctx := newContext(r, t, nil)
	if s.constant {
		refuse(c.name.at, "take the flag constant from the set", "the set %s is constant", s.name)
	}
	switch c.verb {
	case "add", "create":
		ctx.fill(s, c.expr, c.verb == "create")
	case "delete", "destroy":
		s.remove(ctx.elements(s.types, c.expr), c.verb == "delete")
	}
}

func (r *run) addObject(t *tableState, name string, o *objectSrc) {
	if t.objects[o.kind+" "+name] == nil {
		t.next()
	}
	t.objects[o.kind+" "+name] = o
}

// objectCommand adds and deletes counters, quotas, limits and the like.
func (r *run) objectCommand(c *command) {
	t := r.table(c.name)
	key := c.object + " " + c.name.name
	switch c.verb {
	case "add", "create":
		if c.object == "flowtable" {
			t.objects[key] = &objectSrc{kind: "flowtable"}
		} else {
			if t.objects[key] != nil && c.verb == "create" {
				refuse(c.name.at, "", "the table %s %s has a %s %q already", t.family, t.name, c.object, c.name.name)
			}
			r.addObject(t, c.name.name, c.objects)
		}
	case "delete":
		if t.objects[key] == nil && c.object != "flowtable" && c.name.name != "" {
			refuse(c.name.at, "", "the table %s %s has no %s %q", t.family, t.name, c.object, c.name.name)
		}
		delete(t.objects, key)
	case "destroy":
		delete(t.objects, key)
	}
}
