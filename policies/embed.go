// Package policies embeds the built-in rules: <kind>/<rule>.rego beside its test, helpers in lib/, reference
// data in tables/, the schemas of the documents in schemas/, and what the rules were planned to in plans/.
package policies

import "embed"

// FS holds the rules, helpers, tables, schemas and plans.
//
//go:embed */*.rego tables schemas plans
var FS embed.FS
