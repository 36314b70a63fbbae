package bundles

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"sallyport/internal/finding"
)

// parameters are a rule's settings: the defaults, and over them what is configured.
func (b *Bundle) parameters(rule *finding.Rule) map[string]any {
	values := map[string]any{}
	for name, p := range rule.Parameters {
		values[name] = p.Default
	}
	for _, name := range append(rule.Aliases, rule.Name) {
		for key, v := range b.opts.Parameters[name] {
			values[key] = v
		}
	}
	return values
}

// schemas is the set that makes the compiler hold every reference into input against the kind's schema.
func (b *Bundle) schemas(kind string) (*ast.SchemaSet, error) {
	if b.opts.Schemas == nil {
		return nil, nil
	}
	text, err := fs.ReadFile(b.opts.Schemas, kind+".json")
	if err != nil {
		files, _ := fs.Glob(b.opts.Schemas, "*.json")
		for i, f := range files {
			files[i] = strings.TrimSuffix(f, ".json")
		}
		slices.Sort(files)
		return nil, fmt.Errorf("%s/: there is no such kind of document: rules stand in one of %s", kind, strings.Join(files, ", "))
	}
	var schema any
	if err := json.Unmarshal(text, &schema); err != nil {
		return nil, fmt.Errorf("schemas/%s.json: %w", kind, err)
	}
	set := ast.NewSchemaSet()
	set.Put(ast.SchemaRootRef, schema)
	return set, nil
}
