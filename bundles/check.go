package bundles

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"sallyport/internal/finding"
)

// check refuses what Rego allows and what would make a rule pass in silence: a package that is not its
// path, a deny that is never asked for, a helper that nobody uses, data that does not exist.
func (s *source) check(m *ast.Module) error {
	var errs []error
	want := "policies." + strings.ReplaceAll(s.name, "/", ".")
	if got := packageName(m); got != want {
		errs = append(errs, s.errorf(m.Package.Location.Row, "package %s, want %s: the path is the name", got, want))
	}
	deny := false
	for _, r := range m.Rules {
		if r.Head.Name == "deny" || r.Head.Ref().String() == "deny" {
			deny = true
			if r.Default || r.Head.RuleKind() != ast.MultiValue || len(r.Head.Reference) > 1 {
				errs = append(errs, s.errorf(r.Location.Row,
					`deny is a set of findings: write deny contains {"at": path, "msg": msg} if { ... }`))
			}
		}
	}
	if !deny {
		errs = append(errs, s.errorf(m.Package.Location.Row, "no rule named deny: only deny is asked for"))
	}
	errs = append(errs, s.unused(m), s.dataRefs(m))
	return errors.Join(errs...)
}

// unused reports rules that deny does not lead to, such as one named denies.
func (s *source) unused(m *ast.Module) error {
	uses := map[string][]string{}
	for _, r := range m.Rules {
		name := ruleName(r)
		ast.WalkTerms(r, func(t *ast.Term) bool {
			if v, ok := t.Value.(ast.Var); ok {
				uses[name] = append(uses[name], string(v))
			}
			return false
		})
		ast.WalkRefs(r, func(ref ast.Ref) bool {
			if v, ok := ref[0].Value.(ast.Var); ok {
				uses[name] = append(uses[name], string(v))
			}
			return false
		})
		if r.Else != nil {
			uses[name] = append(uses[name], uses[ruleName(r.Else)]...)
		}
	}
	reached := map[string]bool{}
	var visit func(string)
	visit = func(name string) {
		if !reached[name] {
			reached[name] = true
			for _, next := range uses[name] {
				visit(next)
			}
		}
	}
	visit("deny")
	var errs []error
	for _, r := range m.Rules {
		if name := ruleName(r); !reached[name] && name != "deny" {
			errs = append(errs, s.errorf(r.Location.Row, "rule %s is never used: only deny is asked for", name))
		}
	}
	return errors.Join(errs...)
}

func ruleName(r *ast.Rule) string {
	if ref := r.Head.Ref(); len(ref) > 0 {
		return strings.Trim(ref[0].Value.String(), `"`)
	}
	return string(r.Head.Name)
}

// dataRefs reports references to data that will not be there: undefined is not a finding in Rego.
func (s *source) dataRefs(m *ast.Module) error {
	rule, err := s.meta()
	if err != nil {
		return nil // reported already
	}
	tables, err := s.in.shared.values()
	if err != nil {
		return err
	}
	var errs []error
	check := func(ref ast.Ref, row int) {
		if !ref.HasPrefix(ast.DefaultRootRef) || len(ref) < 2 {
			return
		}
		parts := make([]string, 0, len(ref))
		for _, t := range ref[1:] {
			str, ok := t.Value.(ast.String)
			if !ok {
				break
			}
			parts = append(parts, string(str))
		}
		if msg := unknownData(parts, rule, tables); msg != "" {
			errs = append(errs, s.errorf(row, "%s is not there: %s", ref, msg))
		}
	}
	for _, imp := range m.Imports {
		if ref, ok := imp.Path.Value.(ast.Ref); ok {
			check(ref, imp.Location.Row)
		}
	}
	ast.WalkExprs(m, func(e *ast.Expr) bool {
		ast.WalkRefs(e, func(ref ast.Ref) bool {
			row := 1
			if e.Location != nil {
				row = e.Location.Row
			}
			check(ref, row)
			return false
		})
		return false
	})
	return errors.Join(errs...)
}

// unknownData says what is wrong with the path of a reference below data, or "".
func unknownData(path []string, rule *finding.Rule, tables map[string]any) string {
	if len(path) == 0 {
		return "rules read data.policies.lib, data.tables and data.parameters"
	}
	switch path[0] {
	case "policies":
		return "" // the compiler knows
	case "tables":
		if len(path) > 1 && tables[path[1]] == nil {
			return "no table of that name: tables/<name>/data.json"
		}
		return ""
	case "parameters":
		_, short, _ := strings.Cut(rule.Name, "/")
		if len(path) < 4 {
			return fmt.Sprintf("name the parameter: data.parameters.%s.%s.<name>", rule.Kind, short)
		}
		if path[1] != rule.Kind || path[2] != short {
			return fmt.Sprintf("a rule reads its own parameters: data.parameters.%s.%s", rule.Kind, short)
		}
		if _, ok := rule.Parameters[path[3]]; !ok {
			return "declare it under custom.parameters in METADATA"
		}
		return ""
	}
	return "rules read data.policies.lib, data.tables and data.parameters"
}

// fieldsRead lists the fields of the input that rules read, which are kinds in project rules; "*" where one
// reads whatever there is.
func fieldsRead(modules map[string]*ast.Module) []string {
	var fields []string
	for _, m := range modules {
		ast.WalkRefs(m, func(ref ast.Ref) bool {
			if !ref.HasPrefix(ast.InputRootRef) {
				return false
			}
			if len(ref) > 1 {
				if str, ok := ref[1].Value.(ast.String); ok {
					fields = append(fields, string(str))
					return false
				}
			}
			fields = append(fields, "*")
			return false
		})
		// Bare input, as the argument of a function, is every field.
		ast.WalkTerms(m, func(t *ast.Term) bool {
			if _, ref := t.Value.(ast.Ref); ref {
				return true
			}
			if v, ok := t.Value.(ast.Var); ok && v == ast.InputRootDocument.Value.(ast.Var) {
				fields = append(fields, "*")
			}
			return false
		})
	}
	slices.Sort(fields)
	return slices.Compact(fields)
}
