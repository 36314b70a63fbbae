package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// largeBill holds a CycloneDX document of 25 000 components against the decoder of CycloneDX's own library.
func (b *benchmark) largeBill() error {
	const components = 25000
	dir := filepath.Join(b.dir, "bill")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "bom.cdx.json"), bill(components), 0o644); err != nil {
		return err
	}
	s, err := b.measure(b.check("bill"), []string{b.bin("floor"), dir})
	if err != nil {
		return err
	}
	gate, floor := s[0], s[1]
	r := ratio(gate.cpu, floor.cpu)
	line("25000 components: CPU against cyclonedx-go", fmt.Sprintf("%.2f (%s, %s)", r, ms(gate.cpu), ms(floor.cpu)), "3.00", r <= 3)
	limit := 3*floor.rss + 40<<10
	line("25000 components: memory", fmt.Sprintf("%d MiB (floor %d MiB)", gate.rss>>10, floor.rss>>10), fmt.Sprintf("%d MiB", limit>>10), gate.rss <= limit)
	return nil
}

// bill writes a BOM of n components, each as long as tools write them.
func bill(n int) []byte {
	var b strings.Builder
	b.WriteString(`{"$schema":"http://cyclonedx.org/schema/bom-1.6.schema.json","bomFormat":"CycloneDX","specVersion":"1.6","version":1,` +
		`"metadata":{"timestamp":"2026-11-18T17:42:09Z","component":{"type":"application","bom-ref":"app","name":"app"}},"components":[`)
	for i := range n {
		if i > 0 {
			b.WriteString(",\n")
		}
		fmt.Fprintf(&b, `{"type":"library","bom-ref":"pkg:cargo/crate-%[1]d@1.%[1]d.0","name":"crate-%[1]d","version":"1.%[1]d.0","scope":"required",`+
			`"description":"A crate that does one thing, and is described in a line of some length as they are","hashes":[{"alg":"SHA-256","content":"%064[1]x"}],`+
			`"licenses":[{"expression":"MIT OR Apache-2.0"}],"cpe":"cpe:2.3:a:crate-%[1]d:crate-%[1]d:1.%[1]d.0:*:*:*:*:*:*:*","purl":"pkg:cargo/crate-%[1]d@1.%[1]d.0",`+
			`"externalReferences":[{"type":"website","url":"https://example.org/crate-%[1]d"},{"type":"vcs","url":"https://example.org/git/crate-%[1]d"}],`+
			`"properties":[{"name":"syft:package:foundBy","value":"rust-cargo-lock-cataloger"},{"name":"syft:package:language","value":"rust"},`+
			`{"name":"syft:location:0:path","value":"/Cargo.lock"},{"name":"syft:package:type","value":"rust-crate"}]}`, i)
	}
	b.WriteString(`],"dependencies":[{"ref":"app","dependsOn":["pkg:cargo/crate-0@1.0.0"]}`)
	for i := range n {
		fmt.Fprintf(&b, ",\n"+`{"ref":"pkg:cargo/crate-%[1]d@1.%[1]d.0","dependsOn":["pkg:cargo/crate-%[2]d@1.%[2]d.0","pkg:cargo/crate-%[3]d@1.%[3]d.0"]}`, i, (i+1)%n, (i+2)%n)
	}
	b.WriteString("]}\n")
	return []byte(b.String())
}
