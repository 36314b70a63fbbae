package policies_test

import (
	"context"
	"io/fs"
	"os"
	"strings"
	"testing"

	"sallyport/bundles"
)

// leftToOPA are the rules that the machine cannot execute, with the reason. They are judged all the same, by
// OPA, and each costs what compiling its kind costs.
var leftToOPA = map[string]string{}

// TestPlans holds the plans against the rules.
func TestPlans(t *testing.T) {
	b, err := bundles.Load(options(t), bundles.Tree{Name: "policies", FS: os.DirFS("."), BuiltIn: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range b.Kinds() {
		text, left, err := b.Plan(context.Background(), kind)
		if err != nil {
			t.Error(err)
			continue
		}
		if left != nil {
			known := false
			for rule := range leftToOPA {
				known = known || strings.Contains(left.Error(), strings.ReplaceAll(rule, "/", "."))
			}
			if !known {
				t.Errorf("the machine cannot execute this; write it otherwise, or name the rule in leftToOPA: %v", left)
			}
		}
		current(t, "plans/"+kind+".plan", text)
	}
	files, err := fs.Glob(os.DirFS("."), "plans/*.plan")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != len(b.Kinds()) {
		t.Errorf("there are %d plans of %d kinds", len(files), len(b.Kinds()))
	}
}
