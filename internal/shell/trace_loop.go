package shell

import (
	"maps"
	"strings"

	"mvdan.cc/sh/v3/expand"
	"mvdan.cc/sh/v3/syntax"
)

// maxTurns bounds a loop whose condition stays true, as in a program that never ends.
const maxTurns = 10_000

// while walks through a loop as long as its condition is known.
func (r *tracer) while(c *syntax.WhileClause) Status {
	lines := r.lines
	defer func() { r.lines = lines }()
	if text := r.read(Arg{Unknown: "-"}); text.Unknown == "" && r.hasInput() {
		rest := strings.SplitAfter(text.Text, "\n")
		r.lines = &rest
	}
	turns := maxTurns
	if len(c.Cond) == 1 && ends(c.Cond[0]) { // while true
		turns = 1
	}
	for range turns {
		guarded := r.guarded
		r.guarded = true
		status := r.list(c.Cond)
		r.guarded = guarded
		switch {
		case status == Maybe:
			return r.maybeLoop(c)
		case (status == Done) == c.Until || r.stop || r.leave:
			return Done
		}
		if r.turn(c.Do) {
			return Done
		}
	}
	return Maybe
}

// maybeLoop walks once through what may be run any number of times.
func (r *tracer) maybeLoop(c *syntax.WhileClause) Status {
	why := "the loop " + clip(r.sourceOf(c))
	for _, name := range assigned(c.Do) {
		r.forget(name, why)
	}
	r.inDoubt(why, func() { r.list(c.Do) })
	r.loop = 0
	return Maybe
}

// assigned are the variables that statements set.
func assigned(list []*syntax.Stmt) []string {
	var names []string
	for _, s := range list {
		syntax.Walk(s, func(n syntax.Node) bool {
			if a, ok := n.(*syntax.Assign); ok && a.Name != nil {
				names = append(names, a.Name.Value)
			}
			return true
		})
	}
	return names
}

func (r *tracer) loops(c *syntax.ForClause) Status {
	switch loop := c.Loop.(type) {
	case *syntax.WordIter:
		name := loop.Name.Value
		items := loop.Items
		if !loop.InPos.IsValid() {
			for _, p := range r.params {
				if r.set(name, p); r.turn(c.Do) {
					break
				}
			}
			return Done
		}
		for _, a := range r.args(items) {
			if a.Unknown != "" {
				r.forget(name, a.Unknown)
				for _, other := range assigned(c.Do) {
					r.forget(other, a.Unknown)
				}
				r.inDoubt("the loop over "+a.Unknown, func() { r.turn(c.Do) })
				continue
			}
			if r.set(name, a.Text); r.turn(c.Do) {
				break
			}
		}
	case *syntax.CStyleLoop:
		r.arithmetic(loop.Init)
		for {
			n, why := r.arithmetic(loop.Cond)
			if why != "" {
				for _, name := range assigned(c.Do) {
					r.forget(name, why)
				}
				r.inDoubt("the loop over "+why, func() { r.turn(c.Do) })
				return Maybe
			}
			if n == 0 || r.turn(c.Do) {
				return Done
			}
			if *r.steps++; *r.steps > maxSteps {
				panic(errSteps)
			}
			r.arithmetic(loop.Post)
		}
	}
	return Done
}

// turn is one turn of a loop; it says whether the loop ends with it.
func (r *tracer) turn(list []*syntax.Stmt) bool {
	r.list(list)
	end := r.loop == 'b' || r.stop || r.leave
	r.loop = 0
	return end
}

// inDoubt walks through what may be run or not: what it sets is not known afterwards.
func (r *tracer) inDoubt(why string, walk func()) {
	doubt, stop, leave, loop := r.doubt, r.stop, r.leave, r.loop
	vars := maps.Clone(r.vars)
	if r.doubt == "" {
		r.doubt = why
	}
	walk()
	left := r.leave && !leave
	r.doubt, r.stop, r.leave, r.loop = doubt, stop, leave, loop
	if left && r.doubt == "" {
		r.doubt = why // the rest of the function may not be run
	}
	for name, v := range r.vars {
		if old, ok := vars[name]; !ok || !same(old, v) {
			r.forget(name, why)
		}
	}
}

func same(a, b expand.Variable) bool { return a.Kind == b.Kind && a.String() == b.String() }

func (r *tracer) forget(name, why string) {
	delete(r.vars, name)
	r.lost[name] = why
}

func (r *tracer) branch(c *syntax.IfClause) Status {
	for ; c != nil; c = c.Else {
		status := Done
		if len(c.Cond) > 0 {
			guarded := r.guarded
			r.guarded = true
			status = r.list(c.Cond)
			r.guarded = guarded
		}
		switch status {
		case Done:
			return r.list(c.Then)
		case Maybe:
			why := "the condition " + clip(r.sourceOf(c.Cond[0]))
			r.inDoubt(why, func() { r.list(c.Then) })
			if c.Else != nil {
				r.inDoubt(why, func() { r.branch(c.Else) })
			}
			return Maybe
		}
	}
	return Done
}
