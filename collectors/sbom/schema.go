package sbom

import (
	"embed"
	"encoding/json"
	"regexp"
	"sync"
)

// The schemas are what the published JSON schemas of CycloneDX 1.2 to 1.7 (Apache-2.0) and SPDX 2.2 and 2.3 (CC-BY-3.0) demand,
// without their prose. TestSchemas makes them.
//
//go:embed schema/*.json
var schemas embed.FS

// A schema is the part of JSON Schema that these schemas use.
type schema struct {
	Ref        string             `json:"$ref"`
	Type       string             `json:"type"`
	Properties map[string]*schema `json:"properties"`
	// Closed objects have no other properties.
	Closed   bool      `json:"closed"`
	Required []string  `json:"required"`
	Items    *schema   `json:"items"`
	Enum     []string  `json:"enum"`
	Const    any       `json:"const"`
	Pattern  string    `json:"pattern"`
	OneOf    []*schema `json:"oneOf"`
	AnyOf    []*schema `json:"anyOf"`
	AllOf    []*schema `json:"allOf"`
	Not      *schema   `json:"not"`
	If       *schema   `json:"if"`
	Then     *schema   `json:"then"`
	Else     *schema   `json:"else"`
	MinItems int       `json:"minItems"`
	MaxItems int       `json:"maxItems"`
	Unique   bool      `json:"unique"`
	MinLen   int       `json:"minLength"`
	Min      *float64  `json:"minimum"`
	Max      *float64  `json:"maximum"`
	// Time is a date-time of RFC 3339, and License an identifier of the SPDX License List.
	Time    bool `json:"time"`
	License bool `json:"license"`

	Definitions map[string]*schema `json:"definitions"`

	target  *schema
	enum    map[string]bool
	pattern *regexp.Regexp
}

var loaded sync.Map // of func() (*schema, error), by name

// schemaOf returns the schema of a format and version; nil for one that there is none of.
func schemaOf(name string) *schema {
	load, _ := loaded.LoadOrStore(name, sync.OnceValue(func() *schema {
		text, err := schemas.ReadFile("schema/" + name + ".json")
		if err != nil {
			return nil
		}
		root := new(schema)
		if err := json.Unmarshal(text, root); err != nil {
			panic(err) // embedded, and TestSchemas reads each
		}
		root.link(root)
		return root
	}))
	return load.(func() *schema)()
}

// link resolves references and compiles what is asked often.
func (s *schema) link(root *schema) {
	if s == nil {
		return
	}
	if s.Ref != "" {
		s.target = root
		if s.Ref != "#" {
			s.target = root.Definitions[s.Ref]
		}
	}
	if s.Enum != nil {
		s.enum = make(map[string]bool, len(s.Enum))
		for _, e := range s.Enum {
			s.enum[e] = true
		}
	}
	if s.Pattern != "" {
		s.pattern = regexp.MustCompile(s.Pattern)
	}
	for _, m := range []map[string]*schema{s.Properties, s.Definitions} {
		for _, sub := range m {
			sub.link(root)
		}
	}
	for _, list := range [][]*schema{s.OneOf, s.AnyOf, s.AllOf, {s.Items, s.Not, s.If, s.Then, s.Else}} {
		for _, sub := range list {
			sub.link(root)
		}
	}
}
