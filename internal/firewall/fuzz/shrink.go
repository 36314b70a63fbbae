package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// shrink takes lines out of a ruleset of one file as long as the kernel and we still differ about it, and prints what is left.
func shrink(kernel *oracle, path string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "shrink-firewall")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	copied := filepath.Join(dir, filepath.Base(path))
	differs := func(lines []string) bool {
		if os.WriteFile(copied, []byte(strings.Join(lines, "\n")), 0o644) != nil {
			return false
		}
		t, err := one(kernel, copied)
		return err == nil && slices.ContainsFunc(t.differences, func(d difference) bool { return d.flow != "loading" })
	}
	lines := strings.Split(string(data), "\n")
	if !differs(lines) {
		return errors.New(path + ": no difference")
	}
	for size := len(lines) / 2; size > 0; size /= 2 {
		for at := 0; at+size <= len(lines); {
			less := slices.Delete(slices.Clone(lines), at, at+size)
			if differs(less) {
				lines = less
				continue
			}
			at += size
		}
	}
	fmt.Println(strings.Join(lines, "\n"))
	return nil
}
