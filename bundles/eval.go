package bundles

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/topdown"

	"sallyport/bundles/vm"
	"sallyport/internal/finding"
)

// A RuleError is a rule that could not be evaluated over a document. It is not a pass.
type RuleError struct {
	Rule, Path string
	Err        error
}

func (e *RuleError) Error() string { return fmt.Sprintf("%s: rule %s: %v", e.Path, e.Rule, e.Err) }

func (e *RuleError) Unwrap() error { return e.Err }

// Eval judges an input by all rules of its kind and returns the findings in the order of the rules. The
// findings carry rule, place, logical place, message, related places and fix; what depends on
// configuration is left to the caller. An error is not a pass: the findings of the rules that could be
// evaluated come with the joined *RuleError of those that could not.
func (b *Bundle) Eval(ctx context.Context, in *Input) ([]finding.Finding, error) {
	scratch, _ := scratches.Get().(*[]finding.Finding)
	if scratch == nil {
		scratch = new([]finding.Finding)
	}
	found := (*scratch)[:0]
	var errs []error
	for _, s := range b.sets[in.Document.Kind] {
		if err := s.ready(); err != nil {
			errs = append(errs, err)
			continue
		}
		var err error
		found, err = s.eval(ctx, in, found)
		errs = append(errs, err)
	}
	exact := append([]finding.Finding(nil), found...)
	if clear(found); cap(found) <= maxScratch {
		*scratch = found
		scratches.Put(scratch)
	}
	return exact, errors.Join(errs...)
}

// scratches hold findings while it is not known how many there will be: findings are large, and kept until the end of the run.
var scratches sync.Pool // of *[]finding.Finding

// maxScratch is the number of findings up to which the memory is used again.
const maxScratch = 256

// eval asks the program rule by rule, or OPA all rules in one query. If that does not succeed, OPA is asked
// rule by rule: the sound ones still count, and the other is named. It appends to what was found before.
func (s *set) eval(ctx context.Context, in *Input, found []finding.Finding) ([]finding.Finding, error) {
	if s.program != nil {
		return s.run(ctx, in, found)
	}
	if s.bundle.opts.Timing == nil {
		results, err := s.query(ctx, in, s.all, len(s.sources))
		if err == nil {
			var errs []error
			for i, src := range s.sources {
				var err error
				found, err = src.decode(in, fromSet(results[i]), found)
				errs = append(errs, err)
			}
			return found, errors.Join(errs...)
		}
	}
	return s.each(ctx, in, found, func(i int) (vm.Value, error) { return s.interpret(ctx, in, i) })
}

// run evaluates the program. It answers where it is sure: of a rule that errs, OPA says what happened.
func (s *set) run(ctx context.Context, in *Input, found []finding.Finding) ([]finding.Finding, error) {
	opts := s.bundle.opts
	run := s.program.NewRun(ctx, vm.Options{Input: in.value(), Data: s.data, Clock: s.clock(in), Timeout: opts.Timeout})
	defer run.Close()
	return s.each(ctx, in, found, func(i int) (vm.Value, error) {
		v, err := run.Call(s.entries[i])
		if err == nil || errors.Is(err, vm.ErrStopped) {
			return v, err
		}
		if err := s.compiled(); err != nil {
			return nil, err
		}
		return s.interpret(ctx, in, i)
	})
}

// clock is the time of an evaluation.
func (s *set) clock(in *Input) time.Time {
	if in.Clock.IsZero() {
		return s.bundle.opts.Clock
	}
	return in.Clock
}

// interpret asks OPA for one rule.
func (s *set) interpret(ctx context.Context, in *Input, i int) (vm.Value, error) {
	results, err := s.query(ctx, in, s.queries[i], len(s.sources))
	if err != nil {
		return nil, err
	}
	return fromSet(results[i]), nil
}

func fromSet(s ast.Set) vm.Value {
	if s == nil || s.Len() == 0 {
		return nil
	}
	return vm.FromTerm(ast.NewTerm(s))
}

// each evaluates rule by rule and decodes what they answer.
func (s *set) each(ctx context.Context, in *Input, found []finding.Finding, eval func(i int) (vm.Value, error)) ([]finding.Finding, error) {
	var errs []error
	for i, src := range s.sources {
		if err := ctx.Err(); err != nil {
			return found, errors.Join(append(errs, &RuleError{Rule: src.name, Path: in.Document.Path, Err: err})...)
		}
		var start time.Time
		if s.bundle.opts.Timing != nil {
			start = time.Now()
		}
		v, err := eval(i)
		if s.bundle.opts.Timing != nil {
			s.bundle.opts.Timing(src.name, time.Since(start))
		}
		if err != nil {
			errs = append(errs, &RuleError{Rule: src.name, Path: in.Document.Path, Err: evalError(err, s.bundle.opts.Timeout)})
			continue
		}
		if found, err = src.decode(in, v, found); err != nil {
			errs = append(errs, err)
		}
	}
	return found, errors.Join(errs...)
}

// query evaluates a body and returns the set that each variable is bound to, by index.
func (s *set) query(ctx context.Context, in *Input, body ast.Body, n int) ([]ast.Set, error) {
	ctx, stop := context.WithTimeout(ctx, s.bundle.opts.Timeout)
	defer stop()
	cancel := topdown.NewCancel()
	defer context.AfterFunc(ctx, cancel.Cancel)()
	txn, err := s.store.NewTransaction(ctx)
	if err != nil {
		return nil, err
	}
	defer s.store.Abort(ctx, txn)
	results := make([]ast.Set, n)
	answered := false
	err = s.newQuery(txn, in, body, cancel).Iter(ctx, func(qr topdown.QueryResult) error {
		answered = true
		for i := range n {
			if t := qr[ast.Var(resultVar(i))]; t != nil {
				results[i], _ = t.Value.(ast.Set)
			}
		}
		return nil
	})
	if err == nil && !answered {
		err = errors.New("the rule has no value")
	}
	return results, err
}

func (s *set) newQuery(txn storage.Transaction, in *Input, body ast.Body, cancel topdown.Cancel) *topdown.Query {
	return topdown.NewQuery(body).WithCompiler(s.compiler).WithStore(s.store).WithTransaction(txn).
		WithInput(in.asTerm(s.reads)).WithCancel(cancel).WithTime(s.clock(in)).WithStrictBuiltinErrors(true)
}

func evalError(err error, timeout time.Duration) error {
	if topdown.IsCancel(err) || errors.Is(err, vm.ErrStopped) {
		return fmt.Errorf("not done after %s: make the rule cheaper", timeout)
	}
	return err
}
