package auditable

import (
	"debug/macho"
	"encoding/binary"
	"fmt"
	"io"
)

// universal tells of a file with a program for each of several processors, which Apple's lipo makes. The classes of Java begin
// with the same number, and go on with a version that is larger than any count of processors.
func universal(head []byte) bool {
	if len(head) < 8 || binary.BigEndian.Uint32(head) != macho.MagicFat {
		return false
	}
	n := binary.BigEndian.Uint32(head[4:])
	return n > 0 && n < 30
}

// readUniversal puts the lists of all processors together, since any of the programs may be started.
func readUniversal(r io.ReaderAt) (Program, bool) {
	f, err := macho.NewFatFile(r)
	if err != nil {
		return Program{}, false
	}
	all := Program{}
	for _, one := range f.Arches {
		p := Program{}
		p.apple(one.File)
		all.join(&p)
	}
	return all, true
}

// maxLists bounds how many lists one file may hold.
const maxLists = 64

// join adds the list of another program of the same file.
func (p *Program) join(o *Program) {
	switch {
	case p.Format == "":
		*p = *o
		return
	case p.Machine != o.Machine:
		p.Machine = ""
	}
	p.Auditable = p.Auditable || o.Auditable
	p.Stored += o.Stored
	switch {
	case p.Problem != "":
	case o.Problem != "":
		p.Problem = o.Problem
	case len(p.Crates)+len(o.Crates) > maxCrates:
		p.Problem = fmt.Sprintf("the lists have more than %d crates", maxCrates)
	default:
		p.Crates = union(p.Crates, o.Crates)
	}
}

// union puts two lists together. The root is that of the first.
func union(crates, more []Crate) []Crate {
	type name struct{ name, version, source, kind string }
	by := map[name]int{}
	for i, c := range crates {
		by[name{c.Name, c.Version, c.Source, c.Kind}] = i
	}
	rooted := Root(crates) >= 0
	at := make([]int, len(more))
	for i, c := range more {
		k, known := by[name{c.Name, c.Version, c.Source, c.Kind}]
		if !known {
			k = len(crates)
			by[name{c.Name, c.Version, c.Source, c.Kind}] = k
			crates = append(crates, Crate{c.Name, c.Version, c.Source, c.Kind, c.Root && !rooted, []int{}})
		}
		at[i] = k
	}
	linked := map[[2]int]bool{}
	for i, c := range crates {
		for _, d := range c.Dependencies {
			linked[[2]int{i, d}] = true
		}
	}
	for i, c := range more {
		for _, d := range c.Dependencies {
			if edge := [2]int{at[i], at[d]}; !linked[edge] {
				linked[edge] = true
				crates[at[i]].Dependencies = append(crates[at[i]].Dependencies, at[d])
			}
		}
	}
	return crates
}
