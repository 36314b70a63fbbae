package bundles

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sallyport/bundles/vm"
	"sallyport/internal/fact"
	"sallyport/internal/finding"
)

// decode appends findings of the set that a rule returned. A finding with an unknown key, without message or
// with a path to nowhere is an error: it must not decode to nothing.
func (s *source) decode(in *Input, result vm.Value, found []finding.Finding) ([]finding.Finding, error) {
	set, ok := result.(*vm.Set)
	if !ok || set.Len() == 0 {
		return found, nil
	}
	rule, err := s.meta()
	if err != nil {
		return found, err
	}
	found = slices.Grow(found, set.Len())
	var errs []error
	for _, e := range set.Elems() {
		found = append(found, finding.Finding{Rule: rule, Severity: rule.Severity, Related: []finding.Place{}})
		if err := decodeFinding(in, &found[len(found)-1], e); err != nil {
			found = found[:len(found)-1]
			errs = append(errs, &RuleError{Rule: s.name, Path: in.Document.Path, Err: fmt.Errorf("finding %s: %w", short(e), err)})
		}
	}
	return found, errors.Join(errs...)
}

func decodeFinding(in *Input, f *finding.Finding, v vm.Value) error {
	if !vm.IsObject(v) {
		return errors.New(`not an object {"at": path, "msg": msg}`)
	}
	var at bool
	for k, v := range vm.Pairs(v) {
		var err error
		switch k {
		case "at":
			at = true
			f.Place, f.Logical, err = in.place(v, true)
		case "msg":
			msg, _ := v.(string)
			if f.Message = strings.TrimSpace(msg); f.Message == "" {
				return errors.New("msg is empty or no string")
			}
		case "related":
			f.Related, err = in.places(v)
		case "flow":
			f.Flow, err = in.steps(v)
		case "fix":
			f.Fix, err = decodeFix(v)
		case "properties":
			f.Properties, err = decodeProperties(v)
		default:
			return fmt.Errorf("unknown key %s: a finding has at, msg, related, flow, fix and properties", vm.ToTerm(k))
		}
		if err != nil {
			return err
		}
	}
	switch {
	case !at:
		return errors.New("at is missing: name the path that the finding blames")
	case f.Message == "":
		return errors.New("msg is missing")
	}
	return nil
}

func decodeFix(v vm.Value) (*finding.Fix, error) {
	text, ok := vm.Lookup(v, "text").(string)
	if keys, _ := vm.Size(v); ok && vm.IsObject(v) && keys == 1 {
		return &finding.Fix{Text: text}, nil
	}
	return nil, errors.New(`fix is not {"text": replacement}`)
}

// decodeProperties reads an object of strings. The names that reports use themselves are refused.
func decodeProperties(v vm.Value) (map[string]string, error) {
	if !vm.IsObject(v) {
		return nil, errors.New("properties is no object of strings")
	}
	properties := map[string]string{}
	for k, v := range vm.Pairs(v) {
		name, isName := k.(string)
		value, isText := v.(string)
		switch {
		case !isName || !isText:
			return nil, errors.New("properties is no object of strings")
		case name == "severity" || name == "closes":
			return nil, fmt.Errorf("the property %s is taken: reports say it themselves", name)
		}
		properties[name] = strings.Clone(value) // not the whole text that it may be a part of
	}
	return properties, nil
}

// steps reads a list of {"at": path, "msg": text}.
func (in *Input) steps(v vm.Value) ([]finding.Step, error) {
	list, ok := vm.Elems(v)
	if !ok {
		return nil, errors.New(`flow is no list of {"at": path, "msg": text}`)
	}
	var steps []finding.Step
	for _, e := range list {
		msg, ok := vm.Lookup(e, "msg").(string)
		if keys, _ := vm.Size(e); !ok || !vm.IsObject(e) || keys != 2 {
			return nil, errors.New(`a step of flow is not {"at": path, "msg": text}`)
		}
		p, _, err := in.place(vm.Lookup(e, "at"), false)
		if err != nil {
			return nil, err
		}
		steps = append(steps, finding.Step{Place: p, Message: msg})
	}
	return steps, nil
}

func (in *Input) places(v vm.Value) ([]finding.Place, error) {
	places := []finding.Place{}
	list, ok := vm.Elems(v)
	if !ok {
		return nil, errors.New("related is no list of paths")
	}
	for _, path := range list {
		p, _, err := in.place(path, false)
		if err != nil {
			return nil, err
		}
		places = append(places, p)
	}
	return places, nil
}

// place reads a path and resolves it into the document that it enters. A place that is blamed is named too.
func (in *Input) place(v vm.Value, blamed bool) (finding.Place, string, error) {
	arr, ok := v.(*vm.Array)
	if !ok {
		return finding.Place{}, "", errors.New("at is no path: a list of names and indices")
	}
	path := make(fact.Path, arr.Len())
	for i := range path {
		switch step := arr.At(i).(type) {
		case string:
			path[i] = arr.At(i)
		case vm.Int:
			if step < 0 {
				return finding.Place{}, "", fmt.Errorf("at has the index %d", step)
			}
			path[i] = int(step)
		default:
			return finding.Place{}, "", fmt.Errorf("at has the step %s: names and indices only", vm.ToTerm(step))
		}
	}
	target := in
	if in.parts != nil {
		var err error
		if target, path, err = in.enter(path); err != nil {
			return finding.Place{}, "", err
		}
	}
	return target.resolve(path, blamed)
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

// resolve finds a place. One that is blamed has its logical name, the fact there, and the artifact's own terms for it.
func (in *Input) resolve(path fact.Path, blamed bool) (finding.Place, string, error) {
	if in.Document.Facts == nil && len(in.anchors) > 0 {
		if a, ok := in.anchors[path.String()]; ok {
			a.place.At = path
			return a.place, a.logical, nil
		}
	}
	value, err := in.facts()
	if err != nil {
		return finding.Place{}, "", err
	}
	p := finding.Place{Document: in.Document, At: path, Span: in.Document.Locate(path)}
	if p.File = p.Span.File; p.File == "" {
		p.File = in.Document.Path
	}
	var room [128]byte
	logical := append(room[:0], in.Document.Name...)
	absent := false
	for n, step := range path {
		next := child(value, step)
		if n == 0 && next == nil {
			return p, "", fmt.Errorf("at is %s: the document has no field %v", path, step)
		}
		list := value
		if value = next; next == nil {
			absent = true
		}
		if blamed {
			logical = in.appendStep(logical, step, list, value)
		}
	}
	if !blamed && in.brief {
		return p, "", nil
	}
	name := string(logical)
	if _, collection := vm.Size(value); len(path) > 0 && !absent && !(in.brief && collection) {
		p.Value = bytes.Clone(vm.AppendJSON(room[:0], value))
	}
	if blamed && in.Document.Fields != nil {
		p.Fields = in.Document.Fields(path)
	}
	return p, name, nil
}

// appendStep names a list element by its own name where it has one, so that the place survives reordering;
// of several elements with one name, each but the first adds which it is.
func (in *Input) appendStep(b []byte, step any, list, value vm.Value) []byte {
	i, ok := step.(int)
	if !ok {
		return append(append(b, '/'), step.(string)...)
	}
	name := nameOf(value)
	if name == "" {
		return strconv.AppendInt(append(b, '/'), int64(i), 10)
	}
	b = strconv.AppendQuote(append(b, '/'), name)
	if n := in.ordinals(list.(*vm.Array))[i]; n > 1 {
		b = strconv.AppendInt(append(b, '#'), int64(n), 10)
	}
	return b
}

// ordinals says of each element of a list which one it is of those with its name, counting from 1.
func (in *Input) ordinals(list *vm.Array) []int {
	if counted, ok := in.counted[list]; ok {
		return counted
	}
	seen := map[string]int{}
	counted := make([]int, list.Len())
	for i := range counted {
		name := nameOf(list.At(i))
		seen[name]++
		counted[i] = seen[name]
	}
	if in.counted == nil {
		in.counted = map[*vm.Array][]int{}
	}
	in.counted[list] = counted
	return counted
}

func nameOf(v vm.Value) string {
	if !vm.IsObject(v) {
		return ""
	}
	name, _ := vm.Lookup(v, "name").(string)
	return name
}

func child(v vm.Value, step any) vm.Value {
	switch s := step.(type) {
	case string:
		if vm.IsObject(v) {
			return vm.Lookup(v, s)
		}
	case int:
		if list, ok := v.(*vm.Array); ok && s < list.Len() {
			return list.At(s)
		}
	}
	return nil
}

func short(v vm.Value) string {
	s := vm.ToTerm(v).String()
	if len(s) > 120 {
		s = s[:120] + "…"
	}
	return s
}
