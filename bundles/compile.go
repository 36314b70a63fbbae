package bundles

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"

	"sallyport/bundles/vm"
)

// A set is the rules of one kind in one tree: the unit of compilation and of evaluation. Trees compile
// apart, so that nothing in one can change what another means.
type set struct {
	bundle  *Bundle
	tree    Tree
	kind    string
	sources []*source

	// What ready makes: from the plan where there is one, else by compiling.
	once    sync.Once
	err     error
	program *vm.Program // nil where OPA evaluates
	entries []int       // the number of each source's rule in the program
	data    vm.Value    // what the program sees as data
	reads   []string    // the fields of the input that the rules read; "*" is every field
	shape   *vm.Shape   // what of the input the program can read

	// What compile makes, for OPA.
	compileOnce sync.Once
	compileErr  error
	compiler    *ast.Compiler
	store       storage.Store
	queries     []ast.Body // one per source
	all         ast.Body   // all of them at once
}

// trusted are the compiler stages that only check. The tests run them all over the built-in rules, so a
// run need not: they are half the time that compilation takes.
var trusted = []ast.StageID{
	ast.StageCheckUnusedImports, ast.StageCheckKeywordOverrides, ast.StageCheckDuplicateImports,
	ast.StageCheckVoidCalls, ast.StageParseMetadataBlocks, ast.StageSetAnnotationSet,
	ast.StageRewriteRegoMetadataCalls, ast.StageCheckRuleConflicts, ast.StageCheckUndefinedFuncs,
	ast.StageCheckRecursion, ast.StageCheckTypes, ast.StageCheckUnsafeBuiltins,
	ast.StageCheckDeprecatedBuiltins, ast.StageBuildRequiredCapabilities,
}

// ready makes the set fit for evaluation, once.
func (s *set) ready() error {
	s.once.Do(func() {
		if s.err = s.plan(); s.program == nil && s.err == nil {
			s.err = s.compiled()
		}
	})
	return s.err
}

// verify compiles with all checks.
func (s *set) verify() error { return s.ready() }

// plan takes code and knowledge from the plan of the kind, if it is that of these rules.
func (s *set) plan() error {
	p := s.bundle.shared.plans.of(s.tree, s.kind)
	if s.bundle.opts.Interpret || !p.covers(s) {
		return nil
	}
	program, err := p.program()
	if err != nil {
		return fmt.Errorf("%s/%s: %w", s.tree.Name, planFile(s.kind), err)
	}
	mentioned := program.Mentioned()
	s.reads, s.shape = p.reads, p.shape
	if s.data, err = s.planData(mentioned); err != nil {
		return err
	}
	for _, src := range s.sources {
		rule, ok := program.Rule(entry(src.name))
		if !ok {
			return fmt.Errorf("%s/%s: rule %s is not in it", s.tree.Name, planFile(s.kind), src.name)
		}
		s.entries = append(s.entries, rule)
	}
	s.program = program
	return nil
}

// compiled compiles the set for OPA, once.
func (s *set) compiled() error {
	s.compileOnce.Do(func() { s.compileErr = s.compile(s.tree.BuiltIn) })
	return s.compileErr
}

func (s *set) compile(trust bool) error {
	modules, err := s.parse(trust)
	if err != nil {
		return err
	}
	if err := s.bundle.shared.needed(s.tree, modules); err != nil {
		return err
	}
	c := ast.NewCompiler().WithCapabilities(capabilities()).WithDefaultRegoVersion(ast.RegoV1)
	if trust {
		c = c.WithSkipStages(trusted...)
	} else {
		schemas, err := s.bundle.schemas(s.kind)
		if err != nil {
			return err
		}
		c = c.WithStrict(true).WithSchemas(schemas)
	}
	if s.program == nil { // and no plan has told
		s.reads = fieldsRead(modules)
	}
	if c.Compile(modules); c.Failed() {
		return locate(c.Errors)
	}
	s.compiler = c
	s.prepareQueries()
	return s.prepareStore(modules)
}

// parse reads the modules of the set and, unless they are trusted, checks what only authors get wrong.
func (s *set) parse(trust bool) (map[string]*ast.Module, error) {
	modules := make(map[string]*ast.Module, len(s.sources))
	var errs []error
	for _, src := range s.sources {
		key := s.tree.Name + "/" + src.file
		m, err := parse(key, src.text())
		if err != nil {
			errs = append(errs, locate(err))
			continue
		}
		if !trust {
			errs = append(errs, src.check(m))
			if _, err := src.meta(); err != nil {
				errs = append(errs, err)
			}
		}
		modules[key] = m
	}
	return modules, errors.Join(errs...)
}

// locate says each of OPA's errors as file:line: message.
func locate(err error) error {
	var list ast.Errors
	if !errors.As(err, &list) {
		return err
	}
	var errs []error
	for _, e := range list {
		msg := e.Message
		if e.Details != nil {
			msg += ": " + strings.Join(e.Details.Lines(), " ")
		}
		if name, ok := strings.CutPrefix(e.Message, "undefined function "); ok {
			if slices.ContainsFunc(ast.Builtins, func(b *ast.Builtin) bool { return b.Name == name }) {
				msg = fmt.Sprintf("%s is not allowed in rules: a verdict depends on the facts and the given clock alone", name)
			}
		}
		if e.Location == nil {
			errs = append(errs, errors.New(msg))
			continue
		}
		errs = append(errs, fmt.Errorf("%s:%d: %s", e.Location.File, e.Location.Row, strings.Join(strings.Fields(msg), " ")))
	}
	return errors.Join(errs...)
}

// prepareQueries builds, without the query compiler, what is compiled already: x0 = data.policies.k.r.deny.
func (s *set) prepareQueries() {
	for i, src := range s.sources {
		rule := strings.TrimPrefix(src.name, src.kind+"/")
		ref := ast.Ref{
			ast.DefaultRootDocument, ast.StringTerm("policies"), ast.StringTerm(src.kind),
			ast.StringTerm(rule), ast.StringTerm("deny"),
		}
		expr := func(index int) *ast.Expr {
			e := ast.Equality.Expr(ast.VarTerm(resultVar(i)), ast.NewTerm(ref))
			e.Index = index
			return e
		}
		s.queries = append(s.queries, ast.Body{expr(0)})
		s.all = append(s.all, expr(i))
	}
}

func resultVar(i int) string { return fmt.Sprintf("x%d", i) }

// prepareStore fills data.parameters and data.tables with what the rules read of them.
func (s *set) prepareStore(modules map[string]*ast.Module) error {
	data := map[string]any{}
	if mentions(modules, "tables") {
		tables, err := s.bundle.shared.values()
		if err != nil {
			return err
		}
		data["tables"] = tables
	}
	if mentions(modules, "parameters") {
		parameters, err := s.parameters()
		if err != nil {
			return err
		}
		data["parameters"] = parameters
	}
	s.store = inmem.NewFromObjectWithOpts(data, inmem.OptReturnASTValuesOnRead(true))
	return nil
}

// planData is data.parameters and data.tables for the program. A table is read when a rule first asks.
func (s *set) planData(mentioned map[string]bool) (vm.Value, error) {
	data := &vm.Object{}
	if mentioned["tables"] {
		tables := &vm.Object{}
		for _, t := range s.bundle.shared.tables {
			if t.tree.BuiltIn {
				tables.Put(t.name, t.value())
			}
		}
		data.Put("tables", tables)
	}
	if mentioned["parameters"] {
		parameters, err := s.parameters()
		if err != nil {
			return nil, err
		}
		data.Put("parameters", vm.FromJSON(parameters))
	}
	return data, nil
}

// parameters is data.parameters.
func (s *set) parameters() (map[string]any, error) {
	kinds := map[string]any{}
	for _, src := range s.sources {
		rule, err := src.meta()
		if err != nil {
			return nil, err
		}
		kinds[strings.TrimPrefix(src.name, src.kind+"/")] = s.bundle.parameters(rule)
	}
	return map[string]any{s.kind: kinds}, nil
}
