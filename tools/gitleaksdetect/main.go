// Command gitleaksdetect prints how often gitleaks' own detector agrees with labelled lines, for
// docs/secrets.md: gitleaksdetect DIR, where DIR holds the sets as *.jsonl.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/zricethezav/gitleaks/v8/detect"
)

type row struct{ Plugin, Filetype, Text, Expect, Path string }

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "gitleaksdetect:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("usage: gitleaksdetect DIR")
	}
	files, err := filepath.Glob(filepath.Join(args[0], "*.jsonl"))
	if err != nil {
		return err
	}
	for _, file := range files {
		if err := measure(file); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
	}
	return nil
}

func measure(file string) error {
	d, err := detect.NewDetectorDefaultConfig()
	if err != nil {
		return err
	}
	d.MaxDecodeDepth = 3
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	var found, missed, wrong, rows int
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	var took time.Duration
	for lines.Scan() {
		var r row
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			return err
		}
		if strings.HasPrefix(filepath.Base(file), "detect-secrets") && r.Plugin == "keyword" && r.Filetype != "config" {
			continue
		}
		start := time.Now()
		hits := d.Detect(detect.Fragment{Raw: r.Text, FilePath: r.Path})
		took += time.Since(start)
		rows++
		switch secret := r.Expect == "secret"; {
		case len(hits) > 0 && secret:
			found++
		case len(hits) > 0:
			wrong++
		case secret:
			missed++
		}
	}
	fmt.Printf("%-30s recall %.3f  precision %.3f  (%d rows, %s a row)\n", filepath.Base(file),
		float64(found)/float64(found+missed), float64(found)/float64(max(1, found+wrong)), rows, (took / time.Duration(max(1, rows))).Round(time.Microsecond))
	return lines.Err()
}
