package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"sallyport/internal/secret/labelled"
)

// secrets prints how well secrets are told on labelled lines, and what a line costs.
func (b *benchmark) secrets() error {
	const script = "../shared/oracles/unpack.sh"
	if _, err := os.Stat(script); err != nil {
		fmt.Println("skip  secrets: no labelled sets beside the checkout")
		return nil
	}
	dir := filepath.Join(b.dir, "oracles")
	if out, err := exec.Command(script, dir, "secrets").CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", script, err, out)
	}
	for _, set := range labelled.Sets {
		rows, err := set.Read(filepath.Join(dir, "secrets"))
		if err != nil {
			return err
		}
		labelled.Measure(rows, labelled.Judge, func(labelled.Row) {}) // rules compile when they are first asked
		start := time.Now()
		s := labelled.Measure(rows, labelled.Judge, func(labelled.Row) {})
		each := time.Since(start) / time.Duration(max(1, len(rows)))
		line("secrets: "+set.Name, fmt.Sprintf("recall %.3f, precision %.3f, %s", s.Recall(), s.Precision(), us(each)),
			fmt.Sprintf("at least %.2f, %.2f", set.Recall, set.Precision), s.Recall() >= set.Recall && s.Precision() >= set.Precision)
	}
	return nil
}
