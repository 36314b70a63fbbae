package bundles

import (
	"encoding/json"
	"reflect"
	"slices"

	"sallyport/bundles/vm"
)

// Schema is the JSON schema of a kind's facts, made from the struct that its collector fills. It is
// closed: a rule that reads a field which is not there does not load.
func Schema(facts any) ([]byte, error) {
	s := schemaOf(reflect.TypeOf(facts))
	s["$schema"] = "http://json-schema.org/draft-07/schema#"
	return encodeSchema(s)
}

// ProjectSchema is the schema of what project rules see: every document, by kind.
func ProjectSchema(kinds map[string]any) ([]byte, error) {
	properties := map[string]any{"path": map[string]any{"type": "string"}}
	for kind, facts := range kinds {
		properties[kind] = map[string]any{"type": "array", "items": schemaOf(reflect.TypeOf(facts))}
	}
	return encodeSchema(closed(properties))
}

func encodeSchema(s map[string]any) ([]byte, error) {
	text, err := json.MarshalIndent(s, "", "  ")
	return append(text, '\n'), err
}

func closed(properties map[string]any) map[string]any {
	required := make([]string, 0, len(properties))
	for name := range properties {
		required = append(required, name)
	}
	slices.Sort(required)
	return map[string]any{"type": "object", "properties": properties, "required": required, "additionalProperties": false}
}

func schemaOf(t reflect.Type) map[string]any {
	switch t.Kind() {
	case reflect.Pointer:
		return schemaOf(t.Elem())
	case reflect.String:
		return map[string]any{"type": "string"}
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return map[string]any{"type": "integer"}
	case reflect.Float32, reflect.Float64:
		return map[string]any{"type": "number"}
	case reflect.Slice, reflect.Array:
		return map[string]any{"type": "array", "items": schemaOf(t.Elem())}
	case reflect.Map:
		return map[string]any{"type": "object", "additionalProperties": schemaOf(t.Elem())}
	case reflect.Struct:
		properties := map[string]any{}
		for i := range t.NumField() {
			if name := vm.FieldName(t.Field(i)); name != "" {
				properties[name] = schemaOf(t.Field(i).Type)
			}
		}
		return closed(properties)
	}
	return map[string]any{} // any: the artifact's own
}
