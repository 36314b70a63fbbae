package bundles

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/topdown"

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
	var found []finding.Finding
	var errs []error
	for _, s := range b.sets[in.Document.Kind] {
		if err := s.ready(); err != nil {
			errs = append(errs, err)
			continue
		}
		f, err := s.eval(ctx, in)
		found = append(found, f...)
		errs = append(errs, err)
	}
	return found, errors.Join(errs...)
}

// eval asks all rules in one query. If that does not succeed, it asks them one by one: the sound ones
// still count, and the other is named.
func (s *set) eval(ctx context.Context, in *Input) ([]finding.Finding, error) {
	if s.bundle.opts.Timing == nil {
		results, err := s.query(ctx, in, s.all, len(s.sources))
		if err == nil {
			return s.decode(in, results)
		}
	}
	return s.evalEach(ctx, in)
}

func (s *set) evalEach(ctx context.Context, in *Input) ([]finding.Finding, error) {
	var found []finding.Finding
	var errs []error
	for i, src := range s.sources {
		if err := ctx.Err(); err != nil {
			return found, errors.Join(append(errs, &RuleError{Rule: src.name, Path: in.Document.Path, Err: err})...)
		}
		start := time.Now()
		one, err := s.query(ctx, in, s.queries[i], len(s.sources))
		if s.bundle.opts.Timing != nil {
			s.bundle.opts.Timing(src.name, time.Since(start))
		}
		if err != nil {
			errs = append(errs, &RuleError{Rule: src.name, Path: in.Document.Path, Err: evalError(err, s.bundle.opts.Timeout)})
			continue
		}
		f, err := s.decode(in, one)
		found = append(found, f...)
		errs = append(errs, err)
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
		WithInput(in.term).WithCancel(cancel).WithTime(s.bundle.opts.Clock).WithStrictBuiltinErrors(true)
}

func evalError(err error, timeout time.Duration) error {
	if topdown.IsCancel(err) {
		return fmt.Errorf("not done after %s: make the rule cheaper", timeout)
	}
	return err
}
