// Package auditable reads what cargo-auditable writes into programs: the crates that they were built of
// (https://github.com/rust-secure-code/cargo-auditable/blob/master/PARSING.md), and what the file itself tells: its
// format, whether it is static, whether rustc made it.
package auditable

import (
	"bytes"
	"compress/zlib"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// Section is the name of the section.
const Section = ".dep-v0"

// The limits of a list. That of a large program has some kilobytes and a thousand crates.
const (
	MaxSection = 8 << 20
	maxText    = 32 << 20
	maxCrates  = 50_000
	maxEdges   = 1_000_000
	maxName    = 1 << 10
)

// A Crate is one crate that a program was built of.
type Crate struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	// Source is "crates.io", "registry", "git" or "local", or another word that cargo-auditable may write.
	Source string `json:"source"`
	// Kind is "runtime", or "build" for what ran while the program was built and is not in it.
	Kind string `json:"kind"`
	// Root is true for the crate that the program is of.
	Root bool `json:"root"`
	// Dependencies are indexes into the list.
	Dependencies []int `json:"dependencies"`
}

// Decode reads a list of crates: JSON, compressed with zlib.
func Decode(section io.Reader) ([]Crate, error) {
	z, err := zlib.NewReader(section)
	if err != nil {
		return nil, errors.New("the list of crates is not compressed with zlib")
	}
	text, err := io.ReadAll(io.LimitReader(z, maxText+1))
	switch {
	case err != nil:
		return nil, errors.New("the list of crates cannot be unpacked: it may be cut off")
	case len(text) > maxText:
		return nil, fmt.Errorf("the list of crates unpacks to more than %d MiB", maxText>>20)
	case !utf8.Valid(text):
		return nil, errors.New("the list of crates is not UTF-8")
	}
	// Build dependencies are written as such, and nothing is written for the others.
	var list struct {
		Packages []struct {
			Name         *string `json:"name"`
			Version      *string `json:"version"`
			Source       string  `json:"source"`
			Kind         string  `json:"kind"`
			Dependencies []int   `json:"dependencies"`
			Root         bool    `json:"root"`
		} `json:"packages"`
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	if err := dec.Decode(&list); err != nil {
		return nil, fmt.Errorf("the list of crates is not as cargo-auditable writes it: %s", strings.TrimPrefix(err.Error(), "json: "))
	}
	if list.Packages == nil {
		return nil, errors.New("the list of crates has no packages")
	}
	if len(list.Packages) > maxCrates {
		return nil, fmt.Errorf("the list has more than %d crates", maxCrates)
	}
	crates := make([]Crate, len(list.Packages))
	edges := 0
	for i, p := range list.Packages {
		if p.Name == nil || p.Version == nil || *p.Name == "" || *p.Version == "" || len(*p.Name) > maxName || len(*p.Version) > maxName || len(p.Source) > maxName {
			return nil, fmt.Errorf("crate %d of the list has no name or no version", i+1)
		}
		if p.Kind == "" {
			p.Kind = "runtime"
		}
		if p.Kind != "runtime" && p.Kind != "build" {
			return nil, fmt.Errorf("crate %d of the list is of the kind %.20q", i+1, p.Kind)
		}
		if edges += len(p.Dependencies); edges > maxEdges {
			return nil, fmt.Errorf("the list has more than %d dependencies", maxEdges)
		}
		for _, d := range p.Dependencies {
			if d < 0 || d >= len(list.Packages) {
				return nil, fmt.Errorf("crate %d of the list depends on crate %d of %d", i+1, d+1, len(list.Packages))
			}
		}
		crates[i] = Crate{*p.Name, *p.Version, p.Source, p.Kind, p.Root, append([]int{}, p.Dependencies...)}
	}
	return crates, nil
}

// Root is the index of the crate that a program is of; -1 where the list does not say.
func Root(crates []Crate) int {
	return slices.IndexFunc(crates, func(c Crate) bool { return c.Root })
}

// Paths are the shortest ways from the root to each crate, by names; nil for one that no way leads to. Long ways are cut in
// their middle.
func Paths(crates []Crate) [][]string {
	up := make([]int, len(crates))
	for i := range up {
		up[i] = -2
	}
	ways := make([][]string, len(crates))
	root := Root(crates)
	if root < 0 {
		return ways
	}
	up[root] = -1
	for queue := []int{root}; len(queue) > 0; queue = queue[1:] {
		for _, d := range crates[queue[0]].Dependencies {
			if up[d] == -2 {
				up[d] = queue[0]
				queue = append(queue, d)
			}
		}
	}
	const most = 12
	for i := range crates {
		if up[i] == -2 {
			continue
		}
		var names []string
		for at := i; at >= 0; at = up[at] {
			names = append(names, crates[at].Name)
			if len(names) > most && up[at] >= 0 {
				names = append(names[:most-2], "...", crates[root].Name)
				break
			}
		}
		slices.Reverse(names)
		ways[i] = names
	}
	return ways
}
