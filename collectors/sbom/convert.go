package sbom

import (
	"slices"
	"strconv"
	"strings"

	"sallyport/internal/fact"
)

// A converter makes of elements what JSON has in their place. The schema says where JSON has a list, an object, a
// number; what XML writes differently beyond that is told here.
type converter struct {
	src     *source
	version string
}

// left are parts that XML writes in another way altogether, and that no fact is made of.
var left = map[string]bool{
	"evidence": true, "modelCard": true, "cryptoProperties": true, "formulation": true, "annotations": true, "declarations": true,
	"definitions": true, "compositions": true, "patentAssertions": true, "signature": true, "Signature": true, "releaseNotes": true,
	"licensing": true,
}

// contents are the fields that hold the text of an element that has attributes.
var contents = map[string]string{"hash": "content", "property": "value", "text": "content", "expression": "expression", "diff": "text"}

// bare lists have no element around them: the elements are repeated.
var bare = map[string]bool{"url": true, "contact": true, "swhid": true, "omniborId": true}

// value converts an element by the schema of its field.
func (c *converter) value(e *element, s *schema, at *fact.Spans, path fact.Path) any {
	s = resolved(s)
	at.Set(e.span)
	switch {
	case e.name == "licenses":
		return c.licenses(e, s, at, path)
	case e.name == "dependencies":
		return c.dependencies(e, at)
	case e.name == "vulnerabilities":
		list := []any{}
		for range e.kids {
			list = append(list, map[string]any{}) // their number is all that is asked
		}
		return list
	}
	if kind := c.kind(e, s); kind != nil {
		s = kind
	}
	switch s.Type {
	case "array":
		list := []any{}
		for _, k := range e.kids {
			if !k.excluded {
				i := len(list)
				list = append(list, c.value(k, items(s), at.Index(i), append(path, i)))
			}
		}
		return list
	case "object":
		return c.object(e, s, at, path)
	case "boolean":
		switch text := strings.TrimSpace(e.text.String()); text {
		case "true", "1":
			return true
		case "false", "0":
			return false
		default:
			return text
		}
	case "integer", "number":
		return number(e.text.String())
	}
	return strings.TrimSpace(e.text.String())
}

func number(text string) any {
	text = strings.TrimSpace(text)
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return n
	}
	if f, err := strconv.ParseFloat(text, 64); err == nil {
		return f
	}
	return text
}

func resolved(s *schema) *schema {
	for s != nil && s.target != nil {
		s = s.target
	}
	if s == nil {
		return &schema{}
	}
	return s
}

func items(s *schema) *schema {
	if s.Items == nil {
		return &schema{}
	}
	return s.Items
}

// kind picks the form where the schema leaves a choice: tools are a list, or hold components and services.
func (c *converter) kind(e *element, s *schema) *schema {
	if s.Type != "" {
		return nil
	}
	want := "array"
	if len(e.kids) > 0 && (e.kids[0].name == "components" || e.kids[0].name == "services") {
		want = "object"
	}
	for _, list := range [][]*schema{s.OneOf, s.AnyOf} {
		for _, b := range list {
			if b = resolved(b); b.Type == want {
				return b
			}
		}
	}
	return nil
}

// object makes fields of attributes and of the elements within.
func (c *converter) object(e *element, s *schema, at *fact.Spans, path fact.Path) map[string]any {
	m := map[string]any{}
	for _, a := range e.attrs {
		name := a.Name.Local
		if a.Name.Space != "" || name == "xmlns" {
			continue
		}
		if name == "content-type" {
			name = "contentType"
		}
		if s.Properties[name] == nil {
			continue // extensions may add attributes
		}
		p := resolved(s.Properties[name])
		switch p.Type {
		case "boolean":
			m[name] = a.Value == "true" || a.Value == "1"
		case "integer", "number":
			m[name] = number(a.Value)
		default:
			m[name] = strings.TrimSpace(a.Value)
		}
		at.Key(name).Set(e.span)
	}
	if field := contents[e.name]; field != "" && len(e.kids) == 0 {
		if text := strings.TrimSpace(e.text.String()); text != "" || field == "content" {
			m[field] = text
		}
	}
	for _, k := range e.kids {
		c.field(m, k, s, at, path)
	}
	return m
}

func (c *converter) field(m map[string]any, k *element, s *schema, at *fact.Spans, path fact.Path) {
	p := resolved(s.Properties[k.name])
	switch {
	case k.excluded, left[k.name]:
	case k.name == "data":
		if classes := classes(k); p.Type == "array" && len(classes) > 0 {
			m["data"] = classes
			at.Key("data").Set(k.span)
		}
	case bare[k.name] && p.Type == "array":
		list, _ := m[k.name].([]any)
		m[k.name] = append(list, c.value(k, items(p), at.Key(k.name).Index(len(list)), append(path, k.name, len(list))))
	case m[k.name] != nil:
		at.Key(k.name).Set(k.span)
		c.src.mistake(append(path, k.name), quoted(k.name)+" is there twice", "keep one of the two: readers disagree about which one counts")
	default:
		m[k.name] = c.value(k, p, at.Key(k.name), append(path, k.name))
	}
}

// classes are what a service does with data.
func classes(e *element) []any {
	var list []any
	for _, k := range e.kids {
		switch k.name {
		case "classification":
			list = append(list, map[string]any{"flow": k.attr("flow"), "classification": strings.TrimSpace(k.text.String())})
		case "dataflow":
			list = append(list, classes(k)...)
		}
	}
	return list
}

// licenses are a choice that JSON writes around each, and XML by the name of each.
func (c *converter) licenses(e *element, s *schema, at *fact.Spans, path fact.Path) any {
	list := []any{}
	for _, k := range e.kids {
		if k.excluded {
			continue
		}
		i := len(list)
		here := at.Index(i).Set(k.span)
		switch k.name {
		case "license":
			list = append(list, map[string]any{"license": c.object(k, c.license(s), here.Key("license").Set(k.span), append(path, i, "license"))})
		case "expression", "expression-detailed":
			m := map[string]any{"expression": first(strings.TrimSpace(k.text.String()), k.attr("expression"))}
			if a := k.attr("acknowledgement"); a != "" {
				m["acknowledgement"] = a
			}
			list = append(list, m)
		default:
			list = append(list, map[string]any{k.name: strings.TrimSpace(k.text.String())})
		}
	}
	if c.version < "1.5" && len(list) > 1 && slices.ContainsFunc(e.kids, func(k *element) bool { return k.name == "expression" }) {
		c.src.mistake(path, "an expression beside other licenses", "join them to one expression")
	}
	return list
}

// license finds the schema of a license below that of a list of them.
func (c *converter) license(s *schema) *schema {
	if s = resolved(s); s.Properties["license"] != nil {
		return resolved(s.Properties["license"])
	}
	for _, sub := range append(append(append([]*schema{}, s.OneOf...), s.AnyOf...), s.Items) {
		if sub != nil {
			if found := c.license(sub); found.Properties != nil {
				return found
			}
		}
	}
	return &schema{}
}

// dependencies hold each other in XML, and refer to each other in JSON.
func (c *converter) dependencies(e *element, at *fact.Spans) any {
	list := []any{}
	for _, d := range e.kids {
		if d.excluded {
			continue
		}
		m := map[string]any{}
		for _, a := range d.attrs {
			m[a.Name.Local] = a.Value
		}
		for _, k := range d.kids {
			field := "dependsOn"
			if k.name == "provides" {
				field = "provides"
			}
			refs, _ := m[field].([]any)
			m[field] = append(refs, k.attr("ref"))
		}
		at.Index(len(list)).Set(d.span)
		list = append(list, m)
	}
	return list
}
