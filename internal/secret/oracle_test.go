package secret_test

import (
	"testing"

	"sallyport/internal/fact/facttest"
	"sallyport/internal/secret/labelled"
)

// TestOracles holds the floors of recall and precision.
func TestOracles(t *testing.T) {
	dir := facttest.Oracle(t, "secrets")
	for _, set := range labelled.Sets {
		t.Run(set.Name, func(t *testing.T) {
			rows, err := set.Read(dir)
			if err != nil {
				t.Fatal(err)
			}
			s := labelled.Measure(rows, labelled.Judge, func(r labelled.Row) {
				t.Logf("%s is labelled %s: %.160q", r.Rule+r.Plugin, r.Expect, r.Text)
			})
			t.Logf("recall %.3f, precision %.3f: %+v", s.Recall(), s.Precision(), s)
			if s.Recall() < set.Recall || s.Precision() < set.Precision {
				t.Errorf("recall %.3f, want %.2f; precision %.3f, want %.2f", s.Recall(), set.Recall, s.Precision(), set.Precision)
			}
		})
	}
}
