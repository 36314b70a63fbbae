package admission

import (
	"context"
	"testing"

	"sallyport/collectors/kubernetes"
)

// TestPlaces holds that whoever is denied is told a field of his object, whatever fact of it a rule is about.
func TestPlaces(t *testing.T) {
	rules := allRules(t)
	d := deciderWith(t, "", Options{Bundle: rules.Profile})
	n := 0
	for key, docs := range collected(t, examples(t, rules)) {
		for _, doc := range docs {
			out := d.Object(context.Background(), doc.Facts.(kubernetes.Facts).Object.(map[string]any), false)
			for i := range out.Judged {
				f := &out.Judged[i].Finding
				if n++; f.Field == "" {
					t.Errorf("%s: %s is at no field, but at %s", key, f.Rule.Name, f.At)
				}
			}
		}
	}
	if n < 300 {
		t.Errorf("only %d findings", n)
	}
}
