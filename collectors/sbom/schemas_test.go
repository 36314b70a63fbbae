package sbom

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sallyport/internal/fact/facttest"
)

// TestSchemas makes the embedded schemas of the published ones: what they demand, without their prose.
func TestSchemas(t *testing.T) {
	root := facttest.Oracle(t, "sbom")
	published := map[string]string{}
	for _, v := range []string{"1.2", "1.3", "1.4", "1.5", "1.6", "1.7"} {
		published["cyclonedx-"+v] = root + "/CycloneDX+specification/schema/bom-" + v + ".schema.json"
	}
	for _, v := range []string{"2.2", "2.3"} {
		published["spdx-"+v] = root + "/spdx+tools-java/resources/spdx-schema-v" + v + ".json"
	}
	shared := object(decoded(t, root+"/CycloneDX+specification/schema/cryptography-defs.schema.json"), "definitions")
	for name, file := range published {
		got, err := json.Marshal(demands(t, decoded(t, file), shared))
		if err != nil {
			t.Fatal(err)
		}
		embedded := filepath.Join("schema", name+".json")
		if *update {
			if err := os.WriteFile(embedded, append(got, '\n'), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(embedded)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(strings.TrimSpace(string(want)), string(got)); diff != "" {
			t.Errorf("%s is not what is published; run with -update: %s", embedded, diff[:min(len(diff), 500)])
		}
		if schemaOf(name) == nil {
			t.Errorf("%s: not loaded", name)
		}
	}
}

func decoded(t *testing.T, file string) map[string]any {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var m map[string]any
	if err := json.Unmarshal(data, &m); err != nil {
		t.Fatal(file, err)
	}
	return m
}

// demands keeps the keywords that a schema of ours has.
func demands(t *testing.T, v any, shared map[string]any) map[string]any {
	s, ok := v.(map[string]any)
	if !ok {
		if v == false {
			return map[string]any{"not": map[string]any{}}
		}
		return map[string]any{} // true
	}
	if ref, ok := s["$ref"].(string); ok {
		return referred(t, ref, shared)
	}
	out := map[string]any{}
	for name, value := range s {
		switch name {
		case "required", "minItems", "maxItems", "minLength", "minimum", "maximum", "const":
			out[name] = value
		case "pattern":
			if value != "^(.*)$" {
				out[name] = value
			}
		case "type":
			out[name] = joinedTypes(value)
		case "enum":
			out[name] = words(value.([]any))
		case "uniqueItems":
			if value == true {
				out["unique"] = true
			}
		case "format":
			if value == "date-time" {
				out["time"] = true
			}
		case "additionalProperties":
			if value == false {
				out["closed"] = true
			}
		case "properties", "definitions":
			m := map[string]any{}
			for k, sub := range value.(map[string]any) {
				m[k] = demands(t, sub, shared)
			}
			out[name] = m
		case "items":
			if tuple, ok := value.([]any); ok { // as "an array of one"
				value = tuple[0]
				if s["additionalItems"] == false {
					out["maxItems"] = len(tuple)
				}
			}
			out[name] = demands(t, value, shared)
		case "oneOf", "anyOf", "allOf":
			var list []any
			for _, sub := range value.([]any) {
				list = append(list, demands(t, sub, shared))
			}
			out[name] = list
		case "not", "if", "then", "else":
			out[name] = demands(t, value, shared)
		}
	}
	return out
}

func referred(t *testing.T, ref string, shared map[string]any) map[string]any {
	file, name, _ := strings.Cut(ref, "#")
	name = strings.TrimPrefix(name, "/definitions/")
	switch {
	case ref == "#":
		return map[string]any{"$ref": "#"}
	case file == "":
		return map[string]any{"$ref": name}
	case strings.HasPrefix(file, "spdx."):
		return map[string]any{"type": "string", "license": true}
	case strings.HasPrefix(file, "jsf-"):
		return map[string]any{"type": "object"}
	case shared[name] != nil:
		return demands(t, shared[name], shared)
	}
	t.Fatal("a reference that is not known: ", ref)
	return nil
}

func joinedTypes(v any) string {
	if list, ok := v.([]any); ok {
		return strings.Join(words(list), "|")
	}
	return v.(string)
}

// words are texts; the schema of SPDX spells two categories otherwise than its own specification does.
func words(list []any) []string {
	var out []string
	for _, w := range list {
		out = append(out, w.(string))
	}
	if slices.Contains(out, "PACKAGE_MANAGER") {
		for _, w := range []string{"PACKAGE-MANAGER", "PERSISTENT-ID"} {
			if !slices.Contains(out, w) {
				out = append(out, w)
			}
		}
	}
	return out
}
