// Package policies embeds the built-in rules: <kind>/<rule>.rego beside its test, helpers in lib/, reference
// data in tables/ and the schemas of the documents in schemas/.
package policies

import "embed"

// FS holds the rules, helpers, tables and schemas.
//
//go:embed */*.rego tables schemas
var FS embed.FS
