package bundles

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"sallyport/internal/finding"
	"sallyport/internal/suggest"
)

// metadata is the METADATA block of a rule: OPA's annotations, with the keys of ours under custom.
type metadata struct {
	Title       string   `yaml:"title"`
	Description string   `yaml:"description"`
	Resources   []string `yaml:"related_resources"`
	Custom      struct {
		Severity      string                       `yaml:"severity"`
		CWE           []int                        `yaml:"cwe"`
		Equivalent    []string                     `yaml:"equivalent"`
		NonNegotiable bool                         `yaml:"non_negotiable"`
		Remediation   string                       `yaml:"remediation"`
		Bad           string                       `yaml:"bad"`
		Good          string                       `yaml:"good"`
		Aliases       []string                     `yaml:"aliases"`
		Parameters    map[string]finding.Parameter `yaml:"parameters"`
		Precision     string                       `yaml:"precision"`
	} `yaml:"custom"`
}

// readMetadata reads the METADATA block in front of the package clause. An unknown key and a missing one
// are errors: a misspelt "severity" must not become a rule without severity.
func readMetadata(s *source) (*finding.Rule, error) {
	block, first, err := metadataBlock(s.text())
	if err != nil {
		return nil, s.errorf(first, "%v", err)
	}
	var m metadata
	dec := yaml.NewDecoder(strings.NewReader(block))
	dec.KnownFields(true)
	if err := dec.Decode(&m); err != nil {
		return nil, s.yamlError(first, err)
	}
	rule := &finding.Rule{
		Name: s.name, Kind: s.kind, Title: strings.TrimSpace(m.Title), Description: strings.TrimSpace(m.Description),
		Remediation: strings.TrimSpace(m.Custom.Remediation), NonNegotiable: m.Custom.NonNegotiable,
		CWE: full(m.Custom.CWE), Equivalent: full(m.Custom.Equivalent), Aliases: full(m.Custom.Aliases),
		Resources: full(m.Resources), Parameters: m.Custom.Parameters, Precision: m.Custom.Precision,
		Bad: m.Custom.Bad, Good: m.Custom.Good, Source: s.text(), File: s.file, Custom: !s.tree.BuiltIn,
	}
	if rule.Parameters == nil {
		rule.Parameters = map[string]finding.Parameter{}
	}
	if rule.Precision == "" {
		rule.Precision = "high"
	}
	if err := rule.Severity.UnmarshalText([]byte(m.Custom.Severity)); err != nil {
		return nil, s.errorf(first, "METADATA: custom.%v", err)
	}
	return rule, s.complete(rule, first)
}

// complete refuses a rule that lacks what its page, its test and its report need.
func (s *source) complete(r *finding.Rule, line int) error {
	var errs []error
	for _, f := range []struct{ key, value string }{
		{"title", r.Title},
		{"description", r.Description},
		{"custom.remediation", r.Remediation},
		{"custom.bad", r.Bad},
		{"custom.good", r.Good},
	} {
		if strings.TrimSpace(f.value) == "" {
			errs = append(errs, s.errorf(line, "METADATA: %s is missing", f.key))
		}
	}
	if strings.Contains(r.Title, "\n") {
		errs = append(errs, s.errorf(line, "METADATA: title has several lines: state the problem in one"))
	}
	if p := []string{"very-high", "high", "medium", "low"}; !slices.Contains(p, r.Precision) {
		errs = append(errs, s.errorf(line, "METADATA: custom.precision %q is none of %s", r.Precision, strings.Join(p, ", ")))
	}
	for name, p := range r.Parameters {
		if p.Default == nil || p.Description == "" {
			errs = append(errs, s.errorf(line, "METADATA: custom.parameters.%s needs default and description", name))
		}
		if p.Stricter != "" && p.Stricter != "lower" && p.Stricter != "higher" {
			errs = append(errs, s.errorf(line, "METADATA: custom.parameters.%s.stricter is %q: say lower or higher, or leave it out", name, p.Stricter))
		}
	}
	return errors.Join(errs...)
}

// metadataBlock returns the text of the block without its comment signs, and the file's line of its first.
func metadataBlock(text string) (block string, first int, err error) {
	var b strings.Builder
	n, inside := 0, false
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimRight(line, "\r\n")
		comment, ok := strings.CutPrefix(line, "#")
		switch {
		case !inside && strings.HasPrefix(line, "package"):
			return "", n, errors.New("no METADATA block in front of the package clause: add one, or scaffold the rule with sallyport new rule")
		case !inside && ok && strings.TrimSpace(comment) == "METADATA":
			inside, first = true, n+1
		case inside && ok:
			b.WriteString(strings.TrimPrefix(comment, " ") + "\n")
		case inside:
			return b.String(), first, nil
		}
	}
	return "", max(n, 1), errors.New("no package clause")
}

var (
	yamlLine    = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`line (\d+): (.*)`) })
	yamlUnknown = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`field (\S+) not found in type (\S+)`) })
)

// yamlError gives each message of the YAML library the line in the rule's file, and an unknown key the
// nearest right one.
func (s *source) yamlError(first int, err error) error {
	messages := []string{err.Error()}
	var typed *yaml.TypeError
	if errors.As(err, &typed) {
		messages = typed.Errors
	}
	var errs []error
	for _, msg := range messages {
		line := first
		if m := yamlLine().FindStringSubmatch(msg); m != nil {
			n, _ := strconv.Atoi(m[1])
			line, msg = first+n-1, m[2]
		}
		if m := yamlUnknown().FindStringSubmatch(msg); m != nil {
			msg = fmt.Sprintf("unknown key %q: did you mean %q?", m[1], suggest.Nearest(m[1], metadataKeys))
		}
		errs = append(errs, s.errorf(line, "METADATA: %s", msg))
	}
	return errors.Join(errs...)
}

// metadataKeys are all keys that a block may hold, for suggestions.
var metadataKeys = func() []string {
	var keys []string
	var collect func(t reflect.Type)
	collect = func(t reflect.Type) {
		for i := range t.NumField() {
			keys = append(keys, t.Field(i).Tag.Get("yaml"))
			if ft := t.Field(i).Type; ft.Kind() == reflect.Struct {
				collect(ft)
			}
		}
	}
	collect(reflect.TypeFor[metadata]())
	collect(reflect.TypeFor[finding.Parameter]())
	return keys
}()

// full makes an absent list an empty one, so that it encodes as [].
func full[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
