package admission

import (
	"context"
	"encoding/json"
	"os"
	"testing"
)

// BenchmarkReview holds a decision against the floor: the review decoded with the types that handlers declare, and allowed.
func BenchmarkReview(b *testing.B) {
	body, err := os.ReadFile("testdata/pod.json")
	if err != nil {
		b.Fatal(err)
	}
	b.Run("floor", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if out := floor(body); len(out) == 0 {
				b.Fatal("no answer")
			}
		}
	})
	d := deciderWith(b, "", Options{Bundle: allRules(b).Profile})
	b.Run("read", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := read(body); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("document", func(b *testing.B) {
		b.ReportAllocs()
		r, _ := read(body)
		for b.Loop() {
			if _, err := document(r, r.object, 0); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("review", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if out := d.Review(context.Background(), body); !out.Allowed {
				b.Fatal(string(out.Body))
			}
		}
	})
}

// floor decodes a review into the fields that a handler needs, the object apart as anything, and allows.
func floor(body []byte) []byte {
	var in struct {
		APIVersion string `json:"apiVersion"`
		Kind       string `json:"kind"`
		Request    struct {
			UID       string          `json:"uid"`
			Operation string          `json:"operation"`
			Namespace string          `json:"namespace"`
			Name      string          `json:"name"`
			Object    json.RawMessage `json:"object"`
			OldObject json.RawMessage `json:"oldObject"`
		} `json:"request"`
	}
	if json.Unmarshal(body, &in) != nil || in.Request.UID == "" {
		return nil
	}
	out, _ := json.Marshal(review{"admission.k8s.io/v1", "AdmissionReview", response{UID: in.Request.UID, Allowed: true}})
	return out
}
