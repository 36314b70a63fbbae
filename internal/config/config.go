// Package config reads sallyport.toml: strictly, because a misspelt setting must not be a setting that is
// silently absent, and with distrust, because the file may come with the tree under test.
package config

import (
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"sallyport/internal/attest"
	"sallyport/internal/fact"
	"sallyport/internal/finding"
	"sallyport/internal/syntax"
)

// File is the name of the configuration in the root of a tree.
const File = "sallyport.toml"

// DefaultWaiverDays is how far ahead a waiver may expire where trusted configuration does not say.
const DefaultWaiverDays = 180

// The limits of one file. It may come with the tree, and every finding is held against every waiver.
const (
	maxSize     = 4 << 20 // bytes
	maxWaivers  = 5000
	maxPattern  = 1000 // bytes of a waiver's path
	maxMistakes = 50   // that are reported
)

// A Config is one file of configuration.
type Config struct {
	// Name is how errors and findings call the file.
	Name string
	// Ref is the git revision that the file was read from; "" is none.
	Ref string

	text     string
	tree     syntax.Tree
	raw      settings
	waivers  []*waiver
	rules    []*ruleSetting
	evidence []*evidenceSetting
	bindings []*Binding
	keys     []*attest.PublicKey
}

// Same tells whether two configurations say the same, whatever their files are called and their comments say.
func (c *Config) Same(other *Config) bool {
	if c == nil || other == nil {
		return c == other
	}
	return reflect.DeepEqual(c.tree.Value, other.tree.Value)
}

// Limits are the bounds of what is read from a tree; 0 is the default.
type Limits struct {
	// FileSize is in bytes.
	FileSize int64 `toml:"max_file_size"`
	// ImageSize is in bytes, as stored and unpacked.
	ImageSize int64 `toml:"max_image_size"`
	// Files counts files and folders.
	Files int `toml:"max_files"`
	// Depth counts nested folders.
	Depth int `toml:"max_depth"`
}

// settings is the file as it is written.
type settings struct {
	FailOn        finding.Severity    `toml:"fail_on"`
	AllowEmpty    bool                `toml:"allow_empty"`
	Catalog       bool                `toml:"catalog"`
	MaxWaiverDays int                 `toml:"max_waiver_days"`
	RequireTicket bool                `toml:"require_ticket"`
	Rules         map[string]rule     `toml:"rules"`
	Evidence      map[string]evidence `toml:"evidence"`
	BuildArgs     map[string]string   `toml:"build_args"`
	Limits        Limits              `toml:"limits"`
	Waivers       []waiverText        `toml:"waiver"`
	Bindings      []bindingText       `toml:"binding"`
	// Listen are read by collectors/listen; here they are known keys.
	Listen []listenText `toml:"listen"`
	// Hosts are read by collectors/firewall.
	Hosts []hostText `toml:"host"`
}

type hostText struct {
	Path      string   `toml:"path"`
	Addresses []string `toml:"addresses"`
}

type listenText struct {
	Port     any    `toml:"port"`
	Protocol string `toml:"protocol"`
	Comment  string `toml:"comment"`
}

type rule struct {
	Severity   finding.Severity `toml:"severity"`
	Enabled    bool             `toml:"enabled"`
	Parameters map[string]any   `toml:"parameters"`
}

type evidence struct {
	Required   wanted   `toml:"required"`
	MaxAgeDays int      `toml:"max_age_days"`
	Signed     bool     `toml:"signed"`
	Keys       []string `toml:"keys"`
}

type waiverText struct {
	Rule        string `toml:"rule"`
	Path        string `toml:"path"`
	Place       string `toml:"place"`
	Fingerprint string `toml:"fingerprint"`
	Advisory    string `toml:"advisory"`
	Reason      string `toml:"reason"`
	Owner       string `toml:"owner"`
	Expires     string `toml:"expires"`
	Ticket      string `toml:"ticket"`
	Namespace   string `toml:"namespace"`
	Object      string `toml:"object"`
}

// Parse reads a file. The error joins all mistakes, each with its line.
func Parse(name string, data []byte) (*Config, error) {
	c := &Config{Name: name, text: string(data)}
	if len(data) > maxSize {
		return nil, &fact.Error{
			File: name, Msg: fmt.Sprintf("configuration is larger than %d MiB", maxSize>>20),
			Hint: "remove the waivers that are no longer used",
		}
	}
	tree, unknown, err := syntax.DecodeTOML(name, data, &c.raw)
	if tree.Spans == nil {
		return nil, err
	}
	c.tree = tree
	errs := []error{err}
	for _, at := range unknown {
		errs = append(errs, c.unknown(at))
	}
	if err == nil {
		errs = append(errs, c.validate()...)
	}
	if err := first(errs); err != nil {
		return nil, err
	}
	for name, r := range c.raw.Rules {
		c.rules = append(c.rules, &ruleSetting{name: name, rule: r})
	}
	for kind, e := range c.raw.Evidence {
		c.evidence = append(c.evidence, &evidenceSetting{kind: kind, evidence: e})
	}
	c.sort()
	return c, nil
}

// has tells whether a setting is written in the file.
func (c *Config) has(at ...any) bool {
	v := c.tree.Value
	for _, step := range at {
		switch step := step.(type) {
		case string:
			table, _ := v.(map[string]any)
			inner, ok := table[step]
			if !ok {
				return false
			}
			v = inner
		case int:
			list, _ := v.([]any)
			if step >= len(list) {
				return false
			}
			v = list[step]
		}
	}
	return true
}

func (c *Config) span(at fact.Path) fact.Span {
	for n := len(at); n > 0 && c.tree.Spans != nil; n-- {
		if s, ok := c.tree.Spans(at[:n]); ok {
			return s
		}
	}
	return fact.Span{Line: 1, Column: 1, EndLine: 1, EndColumn: 1}
}

// first joins the first mistakes of many.
func first(errs []error) error {
	all := fact.Errors(errors.Join(errs...))
	if len(all) > maxMistakes {
		all = append(all[:maxMistakes:maxMistakes], fmt.Errorf("%d more mistakes of this kind", len(all)-maxMistakes))
	}
	return errors.Join(all...)
}

func (c *Config) mistake(at fact.Path, hint, format string, args ...any) error {
	s := c.span(at)
	return &fact.Error{File: c.Name, Line: s.Line, Column: s.Column, Msg: fmt.Sprintf(format, args...), Hint: hint}
}

// unknown names the right key that is nearest to a wrong one.
func (c *Config) unknown(at fact.Path) error {
	key := at[len(at)-1].(string)
	if len(at) == 3 && at[0] == "rules" && !strings.Contains(at[1].(string), "/") {
		return c.mistake(at, fmt.Sprintf(`write [rules."%s/%s"]`, at[1], key), "unknown key %q", at.String())
	}
	return c.mistake(at, meant(key, keysAt(reflect.TypeFor[settings](), at[:len(at)-1])), "unknown key %q", short(at.String()))
}

// keysAt lists the keys that the table at a path may have.
func keysAt(t reflect.Type, at fact.Path) []string {
	for _, step := range at {
		switch t.Kind() {
		case reflect.Map, reflect.Slice:
			t = t.Elem()
		case reflect.Struct:
			for i := range t.NumField() {
				if f := t.Field(i); f.Tag.Get("toml") == step {
					t = f.Type
					break
				}
			}
		}
	}
	var keys []string
	for i := 0; t.Kind() == reflect.Struct && i < t.NumField(); i++ {
		keys = append(keys, t.Field(i).Tag.Get("toml"))
	}
	return keys
}

// validate holds the values against what they may be.
func (c *Config) validate() []error {
	var errs []error
	if n := len(c.raw.Waivers); n > maxWaivers {
		return []error{c.mistake(fact.Path{"waiver", maxWaivers}, "fix the findings instead", "%d waivers, and the limit is %d", n, maxWaivers)}
	}
	positive := func(n int64, at ...any) {
		if c.has(at...) && n <= 0 {
			errs = append(errs, c.mistake(at, "write a number above 0", "%s is %d", fact.Path(at), n))
		}
	}
	positive(int64(c.raw.MaxWaiverDays), "max_waiver_days")
	positive(c.raw.Limits.FileSize, "limits", "max_file_size")
	positive(c.raw.Limits.ImageSize, "limits", "max_image_size")
	positive(int64(c.raw.Limits.Files), "limits", "max_files")
	positive(int64(c.raw.Limits.Depth), "limits", "max_depth")
	for kind, e := range c.raw.Evidence {
		positive(int64(e.MaxAgeDays), "evidence", kind, "max_age_days")
		errs = append(errs, c.readKeys(kind, e.Keys)...)
	}
	for i := range c.raw.Waivers {
		w, err := c.waiver(i)
		errs = append(errs, err)
		c.waivers = append(c.waivers, w)
	}
	if n := len(c.raw.Bindings); n > maxBindings {
		return append(errs, c.mistake(fact.Path{"binding", maxBindings}, "bind more objects at once", "%d bindings, and the limit is %d", n, maxBindings))
	}
	for i := range c.raw.Bindings {
		b, err := c.binding(i)
		errs = append(errs, err)
		c.bindings = append(c.bindings, b)
	}
	return errs
}

func validGlob(glob string) error {
	switch {
	case len(glob) > maxPattern:
		return errors.New("is too long")
	case strings.HasPrefix(glob, "/") || strings.HasPrefix(glob, "./") || strings.HasPrefix(glob, "../"):
		return errors.New("is not relative to the root of the tree")
	case !doublestar.ValidatePattern(glob):
		return errors.New("is not a pattern")
	}
	return nil
}
