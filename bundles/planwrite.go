package bundles

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/ir"
	"github.com/open-policy-agent/opa/v1/rego"

	"sallyport/bundles/token"
	"sallyport/bundles/vm"
)

// Plan makes the text of plans/<kind>.plan: OPA plans the rules, and the machine's assembler makes code of
// the plan. The second result joins what of the rules the machine cannot execute; it is left to OPA.
func (b *Bundle) Plan(ctx context.Context, kind string) (text []byte, left, err error) {
	s := b.sets[kind][0]
	modules, err := s.parse(true)
	if err != nil {
		return nil, nil, err
	}
	if err := b.shared.needed(s.tree, modules); err != nil {
		return nil, nil, err
	}
	w := &token.Writer{}
	w.String(planFormat)
	w.Line()
	if err := s.writeHead(w, modules); err != nil {
		return nil, nil, err
	}
	policy, err := s.planIR(ctx, modules)
	if err != nil {
		return nil, nil, err
	}
	policy.Plans.Plans = nil // the rules are called by themselves
	program, left := vm.Assemble(policy)
	var rules []int
	for _, src := range s.sources {
		if rule, ok := program.Rule(entry(src.name)); ok {
			rules = append(rules, rule)
		}
	}
	program.Reach(rules).Encode(w)
	w.Line()
	program.Encode(w)
	return w.Text, left, nil
}

// writeHead writes what the plan was made of, and the metadata of the rules.
func (s *set) writeHead(w *token.Writer, modules map[string]*ast.Module) error {
	var helpers []digest
	for _, h := range s.bundle.shared.modules {
		if modules[h.tree.Name+"/"+h.file] != nil {
			helpers = append(helpers, digestOf(h.file, h.text()))
		}
	}
	w.Int(len(helpers))
	w.Line()
	for _, d := range helpers {
		d.write(w)
		w.Line()
	}
	w.Strings(fieldsRead(modules))
	w.Line()
	w.Int(len(s.sources))
	w.Line()
	for _, src := range s.sources {
		rule, err := readMetadata(src)
		if err != nil {
			return err
		}
		digestOf(src.file, src.text()).write(w)
		if err := writeRule(w, rule); err != nil {
			return err
		}
	}
	return nil
}

// planIR asks OPA to plan one query that asks for every rule.
func (s *set) planIR(ctx context.Context, modules map[string]*ast.Module) (*ir.Policy, error) {
	refs := make([]string, len(s.sources))
	for i, src := range s.sources {
		refs[i] = entry(src.name)
	}
	opts := []func(*rego.Rego){
		rego.Target(planTarget), rego.Query("[" + strings.Join(refs, ", ") + "]"),
		rego.Capabilities(capabilities()), rego.SetRegoVersion(ast.RegoV1),
	}
	for _, name := range slices.Sorted(maps.Keys(modules)) {
		opts = append(opts, rego.ParsedModule(modules[name]))
	}
	planner.Lock()
	defer planner.Unlock()
	registerPlanner()
	if _, err := rego.New(opts...).PrepareForEval(ctx); err != nil && !errors.Is(err, errPlanned) {
		return nil, fmt.Errorf("policies/%s: %w", s.kind, err)
	}
	return planner.policy, nil
}

// planTarget is the name under which OPA hands plans to the planner below, instead of making WebAssembly of
// them.
const planTarget = "sallyport"

var planner struct {
	sync.Mutex
	policy *ir.Policy
}

var (
	registerPlanner = sync.OnceFunc(func() { rego.RegisterPlugin(planTarget, planTaker{}) })
	errPlanned      = errors.New("planned")
)

type planTaker struct{}

func (planTaker) IsTarget(name string) bool { return name == planTarget }

func (planTaker) PrepareForEval(_ context.Context, p *ir.Policy, _ ...rego.PrepareOption) (rego.TargetPluginEval, error) {
	planner.policy = p
	return nil, errPlanned
}
