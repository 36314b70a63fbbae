package dockerfile

import (
	"slices"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"

	"sallyport/internal/imageref"
)

// review notes what is to be said about the file as a whole.
func (b *builder) review(text string) {
	b.keywords()
	b.descriptions()
	for _, w := range b.warnings {
		if w.Location != nil && strings.HasPrefix(w.Short, "Empty continuation") {
			b.continuation(w.Location.Start.Line)
		}
	}
	if strings.Contains(text, "ignore") || strings.Contains(text, "skip") || strings.Contains(text, "kics-scan") || strings.Contains(text, "nosem") {
		b.pragmas(text)
	}
}

// keywords notes those whose case is not that of most (validateCommandCasing). An ARG before the first FROM does
// not count.
func (b *builder) keywords() {
	lower, upper, staged := 0, 0, false
	for i := range b.list {
		staged = staged || b.stage(i)
		name := b.list[i].node.Value
		switch {
		case !staged:
		case name == strings.ToLower(name):
			lower++
		case name == strings.ToUpper(name):
			upper++
		}
	}
	if lower == 0 && upper == len(b.list) {
		return
	}
	staged = false
	for i := range b.list {
		staged = staged || b.stage(i)
		k := keyword{Name: b.list[i].node.Value, Want: "upper"}
		want := strings.ToUpper(k.Name)
		if lower > upper {
			k.Want, want = "lower", strings.ToLower(k.Name)
		}
		if staged && k.Name != want {
			b.facts.Keywords = append(b.facts.Keywords, k)
			b.listed("keywords", b.list[i].at(atName, 0))
		}
	}
}

// descriptions notes the comments that are no descriptions (validateDefinitionDescription).
func (b *builder) descriptions() {
	for i := range b.list {
		in := &b.list[i]
		if len(in.node.PrevComment) == 0 {
			continue
		}
		names := []string{}
		switch c := in.cmd.(type) {
		case *instructions.Stage:
			if c.Name != "" {
				names = append(names, c.Name)
			}
		case *instructions.ArgCommand:
			for _, a := range c.Args {
				names = append(names, a.Key)
			}
		}
		comment := in.node.PrevComment[len(in.node.PrevComment)-1]
		word, _, _ := strings.Cut(comment, " ")
		if len(names) == 0 || slices.Contains(names, word) {
			continue
		}
		word = strings.Trim(word, "`'\"*:-$(){}") // a word in another case is mostly a word: Build the app
		b.facts.Descriptions = append(b.facts.Descriptions, description{
			Name: names[0], Instruction: in.name(), Text: comment,
			Meant: slices.Contains(names, word),
		})
		b.listed("descriptions", in.at(atWhole, 0))
	}
}

func (b *builder) stage(i int) bool {
	_, ok := b.list[i].cmd.(*instructions.Stage)
	return ok
}

// continuation notes the instruction that ends in a line and goes on behind an empty one.
func (b *builder) continuation(line int) {
	for i := range b.list {
		n := b.list[i].node
		if n.StartLine <= line && line <= n.EndLine {
			b.facts.Continuations = append(b.facts.Continuations, continuation{Instruction: b.list[i].name()})
			b.listed("continuations", anchor{part: atLine, n: line})
			return
		}
	}
}

// pragmas notes the comments that silence other tools.
func (b *builder) pragmas(text string) {
	n := 0
	for line := range strings.Lines(text) {
		n++
		comment, ok := strings.CutPrefix(strings.TrimSpace(line), "#")
		if !ok {
			continue
		}
		comment = strings.TrimSpace(comment)
		if tool := silenced(comment); tool != "" {
			b.facts.Pragmas = append(b.facts.Pragmas, pragma{Tool: tool, Text: comment})
			b.listed("pragmas", anchor{part: atLine, n: n})
		}
	}
}

// silenced is the tool that a comment silences; "" for other comments.
func silenced(comment string) string {
	word, rest, _ := strings.Cut(comment, " ")
	key, value, _ := strings.Cut(comment, "=")
	switch {
	case strings.EqualFold(word, "hadolint"):
		if strings.HasPrefix(afterWords(rest, "global", "stage"), "ignore") {
			return "hadolint"
		}
	case strings.HasPrefix(comment, "checkov:skip"), strings.HasPrefix(comment, "bridgecrew:skip"):
		return "checkov"
	case strings.HasPrefix(comment, "trivy:ignore"), strings.HasPrefix(comment, "tfsec:ignore"):
		return "trivy"
	case word == "kics-scan" && (strings.HasPrefix(rest, "ignore") || strings.HasPrefix(rest, "disable")):
		return "kics"
	case strings.HasPrefix(word, "nosem"):
		return "semgrep"
	case strings.TrimSpace(key) == "check" && strings.Contains(value, "skip"):
		return "buildkit"
	}
	return ""
}

// afterWords is a text without the given words in front of it.
func afterWords(text string, words ...string) string {
	text = strings.TrimSpace(text)
	for _, w := range words {
		text = strings.TrimSpace(strings.TrimPrefix(text, w+" "))
	}
	return text
}

// leaves notes the stages that no other stage needs.
func (b *builder) leaves() {
	needed := make([]bool, len(b.stages))
	for _, e := range b.edges {
		needed[e.to] = needed[e.to] || e.to != e.from
	}
	for i, s := range b.stages {
		s.facts.Leaf = !needed[i]
		if img := &s.facts.Base; img.Kind != "stage" && img.Kind != "scratch" && len(img.Candidates) == 0 {
			b.use(usedImage{
				Name: img.Name, Use: "from", Stage: i, Registry: img.Registry, Repository: img.Repository,
				Tag: img.Tag, Digest: img.Digest, Tagged: tagged(img.Name), Known: img.Kind == "image", Rust: img.Rust.Toolchain,
			}, s.at.base)
		}
	}
	for _, l := range b.links {
		b.linked(l)
	}
}

// linked notes the image that a link names which leads to no stage.
func (b *builder) linked(l link) {
	if _, ok := b.target(l); ok {
		return
	}
	u := usedImage{Name: l.name, Use: "mount", Stage: l.stage, Known: !strings.Contains(l.name, "$"), Bare: singleWord(l.name)}
	if l.copy {
		u.Use = "copy"
	}
	ref, err := imageref.Parse(l.name)
	u.Known = u.Known && err == nil
	u.Registry, u.Repository, u.Tag, u.Digest = ref.Registry, ref.Repository, ref.Tag, ref.Digest
	u.Tagged = u.Tag != ""
	if u.Tag == "" && u.Digest == "" {
		u.Tag = "latest"
	}
	u.Rust = rustOf(u.Registry, u.Repository, u.Tag).Toolchain
	b.use(u, l.at)
}

func (b *builder) use(u usedImage, at anchor) {
	b.facts.Images = append(b.facts.Images, u)
	b.listed("images", at)
}

// tagged tells whether a name has a tag as typed: a colon behind the last slash.
func tagged(name string) bool {
	name, _, _ = strings.Cut(name, "@")
	return strings.Contains(name[strings.LastIndexByte(name, '/')+1:], ":")
}

// singleWord tells a name that may be that of a stage.
func singleWord(name string) bool { return !strings.ContainsAny(name, "/:@.$") }
