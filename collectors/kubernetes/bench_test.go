package kubernetes

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"testing"

	"go.yaml.in/yaml/v3"
)

// BenchmarkCollect holds the collector against the parser alone.
func BenchmarkCollect(b *testing.B) {
	text, err := os.ReadFile("testdata/deployment.yaml")
	if err != nil {
		b.Fatal(err)
	}
	b.Run("nodes", func(b *testing.B) {
		for b.Loop() {
			text, err := os.ReadFile("testdata/deployment.yaml")
			if err != nil {
				b.Fatal(err)
			}
			d := yaml.NewDecoder(bytes.NewReader(text))
			for err == nil {
				err = d.Decode(new(yaml.Node))
			}
			if !errors.Is(err, io.EOF) {
				b.Fatal(err)
			}
		}
	})
	b.Run("facts", func(b *testing.B) {
		fsys := os.DirFS(".")
		for b.Loop() {
			if !match("testdata/deployment.yaml", text) {
				b.Fatal("no match")
			}
			if _, err := collect(context.Background(), fsys, "testdata/deployment.yaml"); err != nil {
				b.Fatal(err)
			}
		}
	})
}
