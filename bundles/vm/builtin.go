package vm

import (
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// A native does what a builtin does, for the arguments that are common. For any other it returns nil, and
// OPA's own function decides, errors included.
type native func(r *Run, args []Value) Value

// builtin calls a builtin. It is undefined where the builtin has no result.
func (fr *frame) builtin(in *instr) (bool, error) {
	b := &fr.run.program.builtins[in.a]
	args := fr.run.args[:in.n]
	for i, arg := range fr.run.program.arguments(in) {
		args[i] = fr.get(arg)
	}
	if b.native != nil {
		if v := b.native(fr.run, args); v != nil {
			fr.locals[in.c] = v
			return true, nil
		}
	}
	v, err := fr.run.opa(b, args)
	fr.locals[in.c] = v
	return v != nil || b.void && err == nil, err
}

// opa calls OPA's function of a builtin.
func (r *Run) opa(b *builtin, args []Value) (Value, error) {
	if b.opa == nil {
		return nil, fmt.Errorf("%s: no such builtin", b.name)
	}
	if r.Cancelled() {
		return nil, ErrStopped
	}
	terms := make([]*ast.Term, len(args))
	for i, arg := range args {
		terms[i] = ToTerm(arg)
	}
	bctx := topdown.BuiltinContext{Context: r.ctx, Cancel: r, Time: r.now(), Location: &ast.Location{}}
	var result Value
	var all Array
	err := b.opa(bctx, terms, func(t *ast.Term) error {
		result = FromTerm(t)
		if b.relation {
			all.elems = append(all.elems, result)
		}
		return nil
	})
	if b.relation {
		result = &all
	}
	if err != nil {
		if r.Cancelled() {
			return nil, ErrStopped
		}
		if r.opts.Lenient {
			return nil, nil
		}
		return nil, err
	}
	return result, nil
}

func (r *Run) now() *ast.Term {
	if r.clock == nil {
		r.clock = ToTerm(Int(r.opts.Clock.UnixNano()))
	}
	return r.clock
}
