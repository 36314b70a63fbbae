package dockerfile

import (
	"strconv"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
)

// An edge says that one stage needs another: as its base, to copy from it, or to mount it.
type edge struct {
	from, to int
	base     bool
}

// A link is a name of a stage or an image in COPY --from or RUN --mount=from. It is followed when all
// stages are known, because buildkit lets it name any of them.
type link struct {
	stage int
	name  string
	line  int
	// copies and mounts are the facts to complete: the index of a COPY, or those of a RUN and a mount.
	// They are -1 for a trigger that is noted in another stage.
	copies, runs, mounts int
	copy                 bool
	at                   anchor // the flag
}

func (b *builder) link(in *instruction, l link) {
	if l.name != "" {
		l.line = in.node.StartLine
		b.links = append(b.links, l)
	}
}

// follow finds the stage that a link names (toCommand, detectRunMount).
func (b *builder) follow(l link) {
	target, ok := b.target(l)
	if n, err := strconv.Atoi(l.name); err == nil && l.copy && (n < 0 || n >= len(b.stages)) {
		b.errorf(l.line, "name the stage with AS, and use the name", "invalid stage index %d", n)
		return
	}
	if l.copy && strings.Contains(l.name, "$") {
		b.errorf(l.line, "write FROM with the variable AS a stage, and copy from that stage",
			"variable expansion is not supported for --from")
		return
	}
	b.refers(l, target, ok)
	if !ok {
		return
	}
	if target >= l.stage {
		b.forward = append(b.forward, l)
		if target > l.stage {
			b.edges = append(b.edges, edge{from: l.stage, to: target})
		}
		return
	}
	b.edges = append(b.edges, edge{from: l.stage, to: target})
	f := &b.stages[l.stage].facts
	switch {
	case l.copies >= 0:
		f.Copies[l.copies].Stage = target
	case l.runs >= 0:
		f.Runs[l.runs].Mounts[l.mounts].Stage = target
	}
}

// target is the stage that a link names, whatever its place in the file.
func (b *builder) target(l link) (int, bool) {
	if n, err := strconv.Atoi(l.name); err == nil && l.copy {
		return n, true
	}
	i, ok := b.names[strings.ToLower(l.name)]
	return i, ok
}

// refers notes what COPY --from names.
func (b *builder) refers(l link, target int, found bool) {
	if l.copies < 0 {
		return
	}
	t := &b.stages[l.stage].facts.Copies[l.copies]
	_, err := strconv.Atoi(l.name)
	switch {
	case found && target == l.stage:
		t.Reference = "self"
	case found && target > l.stage:
		t.Reference = "later"
	case found && err == nil:
		t.Reference = "index"
	case found:
		t.Reference = "stage"
	case singleWord(l.name):
		t.Reference = "name"
	default:
		t.Reference = "image"
	}
}

// connect follows all links, and says which stages matter to the final one.
func (b *builder) connect() {
	for _, l := range b.links {
		b.follow(l)
	}
	last := len(b.stages) - 1
	b.facts.Final = last
	b.leaves()
	needs := make([][]edge, len(b.stages))
	for _, e := range b.edges {
		needs[e.from] = append(needs[e.from], e)
	}
	b.stages[last].facts.Final = true
	for i, ok := last, true; ok; {
		f := &b.stages[i].facts
		f.BaseOfFinal = true
		i, ok = f.Base.Stage, f.Base.Kind == "stage"
	}
	for todo := []int{last}; len(todo) > 0; {
		i := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if f := &b.stages[i].facts; !f.Contributes {
			f.Contributes = true
			for _, e := range needs[i] {
				todo = append(todo, e.to)
			}
		}
	}
	b.refuse()
}

// refuse reports what buildkit refuses once it builds: a stage that is used before it is defined, and a
// base that is no reference.
func (b *builder) refuse() {
	for _, l := range b.forward {
		if f := &b.stages[l.stage].facts; f.Contributes || b.stages[l.stage].facts.Name == strings.ToLower(l.name) {
			b.errorf(l.line, "define the stage before it is used, and let stages not use each other in a circle",
				"stage %q is used before it is complete", l.name)
		}
	}
	for _, s := range b.stages {
		img := &s.facts.Base
		if s.facts.Contributes && img.Kind == "unresolved" && len(img.Unknown) == 0 {
			b.errorf(s.from.StartLine, "write the image as [registry/]name[:tag][@digest], in lower case",
				"the base image %q is no valid reference", img.Name)
		}
	}
}

func (s *stageBuilder) copy(in *instruction, c *instructions.CopyCommand, m mode) {
	s.transfer(in, &c.SourcesAndDest, transfer{Instruction: "copy", From: c.From, Chown: c.Chown, Chmod: c.Chmod, Excludes: c.ExcludePatterns}, m)
}

func (s *stageBuilder) add(in *instruction, c *instructions.AddCommand, m mode) {
	s.transfer(in, &c.SourcesAndDest, transfer{Instruction: "add", Chown: c.Chown, Chmod: c.Chmod, Checksum: c.Checksum, Excludes: c.ExcludePatterns}, m)
}

func (s *stageBuilder) transfer(in *instruction, c *instructions.SourcesAndDest, t transfer, m mode) {
	l := link{stage: s.index, name: t.From, copies: len(s.facts.Copies), runs: -1, copy: true}
	l.at = in.at(atFlag, nthFlag(in.flags(), "--from", 0))
	if m == replay {
		l.copies = -1
	}
	if m != record {
		s.b.link(in, l)
	}
	if m == replay {
		return
	}
	t.Stage, t.Onbuild, t.Sources = -1, m == record, make([]string, 0, len(c.SourcePaths))
	for _, p := range c.SourcePaths {
		t.Sources = append(t.Sources, s.scope.expand(p).text)
	}
	t.Destination = s.scope.expand(c.DestPath).text
	t.Chown, t.Chmod = s.scope.expand(t.Chown).text, s.scope.expand(t.Chmod).text
	t.Checksum = s.scope.expand(t.Checksum).text
	s.place(in, c, &t)
	s.effects(&t, c)
	s.facts.Copies = append(s.facts.Copies, t)
	s.copyOrder = append(s.copyOrder, s.order)
	s.at.copies = append(s.at.copies, in.at(atWhole, 0))
	for _, content := range c.SourceContents {
		s.inline(in, &content, t.Destination)
	}
}
