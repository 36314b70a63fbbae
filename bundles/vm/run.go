package vm

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
)

// ErrStopped is the error of an evaluation that took too long or whose context ended.
var ErrStopped = errors.New("stopped")

// Options are what an evaluation depends on beside the program.
type Options struct {
	Input, Data Value
	// Clock is what time.now_ns() answers.
	Clock time.Time
	// Timeout bounds each Call; 0 is no bound.
	Timeout time.Duration
	// Lenient makes errors of builtins undefined, as OPA does unless it is told to be strict.
	Lenient bool
}

// A Run evaluates rules of a program over one input. What one rule computed, the next need not compute
// again. One goroutine at a time may use it.
type Run struct {
	program *Program
	opts    Options
	ctx     context.Context
	clock   *ast.Term

	memo    []memo
	stack   []Value
	iters   []iterator
	results []Value // of a plan
	args    [maxArgs]Value

	steps    int       // until the next look at the time
	deadline time.Time // of the Call, once it has taken a while
}

type memo struct {
	known bool
	value Value
}

var runs = sync.Pool{New: func() any { return &Run{} }}

// NewRun begins an evaluation; Close ends it.
func (p *Program) NewRun(ctx context.Context, opts Options) *Run {
	r := runs.Get().(*Run)
	r.program, r.opts, r.ctx = p, opts, ctx
	if cap(r.memo) < len(p.funcs) {
		r.memo = make([]memo, len(p.funcs))
	}
	r.memo = r.memo[:len(p.funcs)]
	return r
}

// Close lets go of everything that the evaluation held.
func (r *Run) Close() {
	clear(r.memo)
	clear(r.stack[:cap(r.stack)]) // an error leaves values
	clear(r.iters[:cap(r.iters)])
	*r = Run{memo: r.memo, stack: r.stack[:0], iters: r.iters[:0]}
	runs.Put(r)
}

// Call evaluates a rule by its number. The result is nil where the rule is undefined.
func (r *Run) Call(rule int) (Value, error) {
	r.steps, r.deadline = stride, time.Time{}
	return r.invoke(int32(rule), nil, nil)
}

// stride is the number of steps between two looks at the time.
const stride = 4096

// tick is called once per call and once per element.
func (r *Run) tick() error {
	if r.steps--; r.steps > 0 {
		return nil
	}
	r.steps = stride
	now := time.Now()
	if r.deadline.IsZero() && r.opts.Timeout > 0 {
		r.deadline = now.Add(r.opts.Timeout)
	}
	if r.ctx.Err() != nil || !r.deadline.IsZero() && now.After(r.deadline) {
		return ErrStopped
	}
	return nil
}

// Cancel and Cancelled make the run a topdown.Cancel, which OPA's builtins look at.
func (*Run) Cancel() {}

// Cancelled tells whether the evaluation has to stop.
func (r *Run) Cancelled() bool {
	return r.ctx.Err() != nil || !r.deadline.IsZero() && time.Now().After(r.deadline)
}

// invoke calls a function. Its arguments are read from the caller's frame.
func (r *Run) invoke(index int32, caller []Value, args []int32) (Value, error) {
	f := &r.program.funcs[index]
	if f.memo {
		if m := &r.memo[index]; m.known {
			return m.value, nil
		}
		if shared := r.program.shared[index].Load(); shared != nil {
			return *shared, nil
		}
	}
	if err := r.tick(); err != nil {
		return nil, err
	}
	base, iters := len(r.stack), len(r.iters)
	fr := frame{run: r, f: f, locals: r.room(f.locals), iters: r.iterators(f.iters)}
	fr.locals[0], fr.locals[1] = r.opts.Input, r.opts.Data
	for i, arg := range args {
		if i > 1 { // the first two are input and data
			fr.locals[f.params[i]] = fr.from(caller, arg)
		}
	}
	v, err := fr.run1()
	clear(fr.locals)
	r.stack, r.iters = r.stack[:base], r.iters[:iters]
	if err == nil && f.memo {
		if f.pure {
			shared := Freeze(v) // v itself would else be allocated in every call
			r.program.shared[index].Store(&shared)
		} else {
			r.memo[index] = memo{true, v}
		}
	}
	return v, err
}

// room takes n locals from the stack. Frames keep the slices that they got when the stack has to move.
func (r *Run) room(n int) []Value {
	base := len(r.stack)
	if base+n > cap(r.stack) {
		r.stack = make([]Value, base, 2*(base+n)+256)
	}
	r.stack = r.stack[:base+n]
	return r.stack[base : base+n : base+n]
}

func (r *Run) iterators(n int) []iterator {
	base := len(r.iters)
	if base+n > cap(r.iters) {
		r.iters = make([]iterator, base, 2*(base+n)+32)
	}
	r.iters = r.iters[:base+n]
	return r.iters[base : base+n : base+n]
}
