package bundles

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"sallyport/internal/fact"
	"sallyport/internal/finding"
)

// decode makes findings of the sets that rules returned. A finding with an unknown key, without message or
// with a path to nowhere is an error: it must not decode to nothing.
func (s *set) decode(in *Input, results []ast.Set) ([]finding.Finding, error) {
	var found []finding.Finding
	var errs []error
	for i, src := range s.sources {
		if results[i] == nil || results[i].Len() == 0 {
			continue
		}
		rule, err := src.meta()
		if err != nil {
			errs = append(errs, err)
			continue
		}
		results[i].Foreach(func(t *ast.Term) {
			f, err := decodeFinding(in, rule, t)
			if err != nil {
				errs = append(errs, &RuleError{Rule: src.name, Path: in.Document.Path, Err: fmt.Errorf("finding %s: %w", short(t), err)})
				return
			}
			found = append(found, *f)
		})
	}
	return found, errors.Join(errs...)
}

func decodeFinding(in *Input, rule *finding.Rule, t *ast.Term) (*finding.Finding, error) {
	obj, ok := t.Value.(ast.Object)
	if !ok {
		return nil, errors.New(`not an object {"at": path, "msg": msg}`)
	}
	f := &finding.Finding{Rule: rule, Severity: rule.Severity, Related: []finding.Place{}}
	var at bool
	err := obj.Iter(func(k, v *ast.Term) (err error) {
		key, _ := k.Value.(ast.String)
		switch key {
		case "at":
			at = true
			f.Place, f.Logical, err = in.place(v)
		case "msg":
			msg, _ := v.Value.(ast.String)
			if f.Message = strings.TrimSpace(string(msg)); f.Message == "" {
				return errors.New("msg is empty or no string")
			}
		case "related":
			f.Related, err = in.places(v)
		case "fix":
			f.Fix, err = decodeFix(v)
		default:
			return fmt.Errorf("unknown key %s: a finding has at, msg, related and fix", k)
		}
		return err
	})
	switch {
	case err != nil:
		return nil, err
	case !at:
		return nil, errors.New("at is missing: name the path that the finding blames")
	case f.Message == "":
		return nil, errors.New("msg is missing")
	}
	return f, nil
}

func decodeFix(v *ast.Term) (*finding.Fix, error) {
	obj, ok := v.Value.(ast.Object)
	if ok && obj.Len() == 1 {
		if text := obj.Get(ast.StringTerm("text")); text != nil {
			if str, ok := text.Value.(ast.String); ok {
				return &finding.Fix{Text: string(str)}, nil
			}
		}
	}
	return nil, errors.New(`fix is not {"text": replacement}`)
}

func (in *Input) places(v *ast.Term) ([]finding.Place, error) {
	places := []finding.Place{}
	add := func(t *ast.Term) error {
		p, _, err := in.place(t)
		places = append(places, p)
		return err
	}
	var err error
	switch list := v.Value.(type) {
	case *ast.Array:
		err = list.Iter(add)
	case ast.Set:
		err = list.Iter(add)
	default:
		err = errors.New("related is no list of paths")
	}
	return places, err
}

// place reads a path, resolves it into the document that it enters, and names it logically.
func (in *Input) place(v *ast.Term) (finding.Place, string, error) {
	arr, ok := v.Value.(*ast.Array)
	if !ok {
		return finding.Place{}, "", errors.New("at is no path: a list of names and indices")
	}
	path := fact.Path{}
	err := arr.Iter(func(t *ast.Term) error {
		switch step := t.Value.(type) {
		case ast.String:
			path = append(path, string(step))
		case ast.Number:
			i, ok := step.Int()
			if !ok || i < 0 {
				return fmt.Errorf("at has the index %s", step)
			}
			path = append(path, i)
		default:
			return fmt.Errorf("at has the step %s: names and indices only", t)
		}
		return nil
	})
	if err != nil {
		return finding.Place{}, "", err
	}
	target := in
	if in.parts != nil {
		if target, path, err = in.enter(path); err != nil {
			return finding.Place{}, "", err
		}
	}
	return target.resolve(path)
}

// enter follows the kind and index that a project path starts with.
func (in *Input) enter(path fact.Path) (*Input, fact.Path, error) {
	if len(path) < 2 {
		return nil, nil, fmt.Errorf("at is %s: a path of a project rule starts with kind and index", path)
	}
	kind, _ := path[0].(string)
	i, ok := path[1].(int)
	if docs := in.parts[kind]; ok && i < len(docs) {
		return docs[i], path[2:], nil
	}
	return nil, nil, fmt.Errorf("at is %s: there is no such document", path)
}

func (in *Input) resolve(path fact.Path) (finding.Place, string, error) {
	value, err := in.facts()
	if err != nil {
		return finding.Place{}, "", err
	}
	p := finding.Place{Document: in.Document, At: path, Span: in.Document.Locate(path)}
	if p.File = p.Span.File; p.File == "" {
		p.File = in.Document.Path
	}
	var logical strings.Builder
	logical.WriteString(in.Document.Name)
	absent := false
	for n, step := range path {
		next := child(value, step)
		if n == 0 && next == nil {
			return p, "", fmt.Errorf("at is %s: the document has no field %v", path, step)
		}
		list := value
		if value = next; next == nil {
			value, absent = ast.InternedNullTerm, true
		}
		in.writeStep(&logical, step, list, value)
	}
	if len(path) > 0 && !absent {
		if js, err := ast.JSON(value.Value); err == nil {
			p.Value, _ = json.Marshal(js)
		}
	}
	return p, logical.String(), nil
}

// writeStep names a list element by its own name where it has one, so that the place survives reordering;
// of several elements with one name, each but the first adds which it is.
func (in *Input) writeStep(b *strings.Builder, step any, list, value *ast.Term) {
	i, ok := step.(int)
	if !ok {
		fmt.Fprintf(b, "/%v", step)
		return
	}
	name := nameOf(value)
	if name == "" {
		fmt.Fprintf(b, "/%d", i)
		return
	}
	fmt.Fprintf(b, "/%q", name)
	if n := in.ordinals(list)[i]; n > 1 {
		fmt.Fprintf(b, "#%d", n)
	}
}

// ordinals says of each element of a list which one it is of those with its name, counting from 1.
func (in *Input) ordinals(list *ast.Term) []int {
	arr := list.Value.(*ast.Array)
	if counted, ok := in.counted[arr]; ok {
		return counted
	}
	seen := map[string]int{}
	counted := make([]int, arr.Len())
	for i := range counted {
		name := nameOf(arr.Elem(i))
		seen[name]++
		counted[i] = seen[name]
	}
	if in.counted == nil {
		in.counted = map[*ast.Array][]int{}
	}
	in.counted[arr] = counted
	return counted
}

func nameOf(t *ast.Term) string {
	obj, ok := t.Value.(ast.Object)
	if !ok {
		return ""
	}
	name := obj.Get(ast.StringTerm("name"))
	if name == nil {
		return ""
	}
	str, _ := name.Value.(ast.String)
	return string(str)
}

func child(t *ast.Term, step any) *ast.Term {
	switch v := t.Value.(type) {
	case ast.Object:
		if s, ok := step.(string); ok {
			return v.Get(ast.StringTerm(s))
		}
	case *ast.Array:
		if i, ok := step.(int); ok && i < v.Len() {
			return v.Elem(i)
		}
	}
	return nil
}

func short(t *ast.Term) string {
	s := t.String()
	if len(s) > 120 {
		s = s[:120] + "…"
	}
	return s
}
