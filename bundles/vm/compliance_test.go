package vm

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/ir"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/test/cases"
	"github.com/open-policy-agent/opa/v1/util"

	"sallyport/bundles/token"
)

var update = flag.Bool("update", false, "rewrite testdata/compliance.txt")

// target makes OPA hand over its plans.
type target struct{ policy *ir.Policy }

func (*target) IsTarget(name string) bool { return name == "vm" }

func (t *target) PrepareForEval(_ context.Context, p *ir.Policy, _ ...rego.PrepareOption) (rego.TargetPluginEval, error) {
	t.policy = p
	return t, nil
}

func (*target) Eval(context.Context, *rego.EvalContext, ast.Value) (ast.Value, error) {
	return nil, nil
}

var planned = &target{}

func init() { rego.RegisterPlugin("vm", planned) }

// numbered are the cases that name a base document by a number, which OPA's store takes for a string. No
// tree of rules has such data: tables and parameters have names.
var numbered = []string{"data/nested integer", "data/toplevel integer"}

// TestCompliance runs OPA's own cases. Those that the machine refuses are named in a file, with the reason:
// a rule like them is left to OPA's evaluator. None may be answered otherwise than OPA does.
func TestCompliance(t *testing.T) {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/open-policy-agent/opa").Output()
	if err != nil {
		t.Fatal(err)
	}
	all := cases.MustLoad(filepath.Join(strings.TrimSpace(string(dir)), "v1/test/cases/testdata/v1")).Sorted().Cases
	passed := 0
	var refused []string
	for _, tc := range all {
		program, err := assembleCase(tc)
		switch {
		case slices.Contains(numbered, tc.Note):
			refused = append(refused, "the name of a base document is a number: "+tc.Note)
		case err != nil:
			refused = append(refused, reason(err)+": "+tc.Note)
		default:
			if err := runCase(tc, program); err != nil {
				t.Errorf("%s: %v", tc.Note, err)
			} else {
				passed++
			}
		}
	}
	slices.Sort(refused)
	got := fmt.Sprintf("%d cases: %d passed, %d refused\n\n%s\n", len(all), passed, len(refused), strings.Join(refused, "\n"))
	const file = "testdata/compliance.txt"
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("not what %s says; go test ./bundles/vm -update writes it:\n%s", file, diff)
	}
}

// reason is the end of an error: what is refused, without the place.
func reason(err error) string {
	msg := err.Error()
	if strings.HasPrefix(msg, unplanned) {
		return unplanned
	}
	return msg[strings.LastIndex(msg, ": ")+2:]
}

const unplanned = "OPA does not plan it"

func assembleCase(tc cases.TestCase) (*Program, error) {
	caps := ast.CapabilitiesForThisVersion()
	if tc.ExperimentalKeywords {
		caps = ast.CapabilitiesForThisVersion(ast.CapabilitiesExperimentalKeywords(true))
	}
	opts := []func(*rego.Rego){
		rego.Target("vm"), rego.ParsedQuery(ast.MustParseBody(tc.Query)), rego.Capabilities(caps), rego.SetRegoVersion(ast.RegoV1),
	}
	for i, m := range tc.Modules {
		opts = append(opts, rego.Module(fmt.Sprintf("test-%d.rego", i), m))
	}
	if _, err := rego.New(opts...).PrepareForEval(context.Background()); err != nil {
		return nil, fmt.Errorf("%s: %w", unplanned, err)
	}
	program, err := Assemble(planned.policy)
	if err != nil {
		return nil, err
	}
	var w token.Writer
	program.Encode(&w)
	return Decode(token.NewReader(string(w.Text)))
}

func runCase(tc cases.TestCase, program *Program) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	opts := Options{Data: &Object{}, Clock: time.Now(), Lenient: !tc.StrictError}
	if tc.Data != nil {
		opts.Data = FromTerm(ast.NewTerm(ast.MustInterfaceToValue(*tc.Data)))
	}
	switch {
	case tc.InputTerm != nil:
		opts.Input = FromTerm(ast.MustParseTerm(*tc.InputTerm))
	case tc.Input != nil:
		opts.Input = FromTerm(ast.NewTerm(ast.MustInterfaceToValue(*tc.Input)))
	}
	r := program.NewRun(context.Background(), opts)
	defer r.Close()
	rule, _ := program.Rule("plan eval")
	_, err = r.Call(rule)
	answers := r.results
	if tc.WantError != nil || tc.WantErrorCode != nil {
		if err == nil {
			return fmt.Errorf("no error, want %v", deref(tc.WantError)+" "+deref(tc.WantErrorCode))
		}
		return nil // the words are OPA's, which is asked again
	}
	if err != nil {
		return err
	}
	want, got := ast.NewSet(), ast.NewSet()
	for _, w := range *tc.WantResult {
		want.Add(ast.NewTerm(ast.MustInterfaceToValue(w)))
	}
	for _, a := range answers {
		v, err := ast.JSON(ToTerm(a).Value)
		if err != nil {
			return err
		}
		bindings := v.(map[string]any)
		for name, b := range bindings {
			if tc.SortBindings {
				slices.SortFunc(b.([]any), util.Compare)
			}
			if tc.IgnoreGeneratedVars && strings.HasPrefix(name, "__localq") {
				delete(bindings, name)
			}
		}
		got.Add(ast.NewTerm(ast.MustInterfaceToValue(bindings)))
	}
	if want.Compare(got) != 0 {
		return fmt.Errorf("got %v\nwant %v", got, want)
	}
	return nil
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
