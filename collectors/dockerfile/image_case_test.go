package dockerfile

import "testing"

// BuildKit's linter is the witness: it says InvalidDefaultArgInFrom of the third.
func TestStageInCapitals(t *testing.T) {
	for text, bad := range map[string]bool{
		"FROM debian AS base\nFROM base":             false,
		"FROM debian AS Base\nFROM base":             false,
		"FROM debian AS Base\nFROM Base":             true,
		"ARG A=Base\nFROM debian AS Base\nFROM ${A}": true,
	} {
		f, _, err := collect(text+"\n", nil)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		last := f.Stages[f.Final].Base
		if last.BadDefault != bad || f.Final > 0 && last.Kind != "stage" {
			t.Errorf("%s: %+v", text, last)
		}
	}
}
