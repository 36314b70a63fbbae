package dockerfile

import (
	"maps"
	"slices"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	bkshell "github.com/moby/buildkit/frontend/dockerfile/shell"

	"sallyport/internal/imageref"
	"sallyport/internal/suggest"
)

// bareImages are distributions whose images set PATH and no other variable, by docker image inspect.
var bareImages = set(`docker.io/library/debian docker.io/library/ubuntu docker.io/library/alpine docker.io/library/busybox
	docker.io/library/rockylinux docker.io/library/centos docker.io/library/amazonlinux`)

// unset are the variables of a word that have no value, in order.
func (s *scope) unset(word string, lex *bkshell.Lex) []string {
	if strings.IndexByte(word, '$') < 0 || len(word) > maxWord || strings.Count(word, "$") > maxDollars || s.widest(word) > 1<<20 {
		return nil
	}
	res, err := lex.ProcessWordWithMatches(word, s)
	if err != nil {
		return nil
	}
	return slices.Sorted(maps.Keys(res.Unmatched))
}

// raw expands here-documents of COPY and ADD, in which quotes mean nothing.
var raw = func() *bkshell.Lex {
	l := bkshell.NewLex('\\')
	l.SkipProcessQuotes = true
	return l
}()

// undefinedIn notes the variables that an instruction uses and nothing defines. Only a name that the base image
// cannot define, or hardly would, counts: what images bring along is not known.
func (s *stageBuilder) undefinedIn(in *instruction) {
	if strings.IndexByte(in.node.Original, '$') < 0 && len(in.node.Heredocs) == 0 {
		return
	}
	seen := map[string]bool{}
	look := func(lex *bkshell.Lex) instructions.SingleWordExpander {
		return func(word string) (string, error) {
			for _, name := range s.scope.unset(word, lex) {
				if _, ok := s.scope.vars[name]; !ok && !seen[name] && needed(word, name) {
					seen[name] = true
					s.maybeUndefined(in, name)
				}
			}
			return word, nil
		}
	}
	// Each Expand below stores what the function returns, which is the word as it was; errors are for those who expand.
	if c, ok := in.cmd.(*instructions.ArgCommand); ok {
		for _, a := range c.Args {
			if a.Value != nil {
				_, _ = look(s.scope.lex)(*a.Value)
			}
		}
	} else if c, ok := in.cmd.(instructions.SupportsSingleWordExpansion); ok && !dollarless(in) {
		_ = c.Expand(look(s.scope.lex))
	}
	if c, ok := in.cmd.(instructions.SupportsSingleWordExpansionRaw); ok {
		_ = c.ExpandRaw(look(raw))
	}
}

// dollarless tells a RUN without variables in its flags: the rest is for the shell.
func dollarless(in *instruction) bool {
	_, run := in.cmd.(*instructions.RunCommand)
	return run && !slices.ContainsFunc(in.flags(), func(f string) bool { return strings.Contains(f, "$") })
}

func (s *stageBuilder) maybeUndefined(in *instruction, name string) {
	if name == "PATH" || !nameByte(name[0]) || name[0] >= '0' && name[0] <= '9' {
		return
	}
	u := undefinedName{Name: name, Instruction: in.name(), Stage: s.index}
	_, global := s.b.global.vars[name]
	near := s.near(name)
	switch {
	case global:
		u.Reason = "global"
	case s.style.bare || s.scope.closed:
		u.Reason, u.Near = "nowhere", near
	case near != "":
		u.Reason, u.Near = "near", near
	default:
		return
	}
	s.undefined(u, in.at(atWhole, 0))
}

// near is a defined variable whose name takes one or two edits to become the given one: one edit for a short
// name. Names that differ in a number are two names.
func (s *stageBuilder) near(name string) string {
	s.b.budget -= len(s.scope.vars)
	names := slices.Collect(maps.Keys(s.scope.vars))
	nearest := suggest.Nearest(name, names)
	strip := func(s string) string { return strings.Trim(s, "0123456789") }
	if len(name) < 4 || nearest == "" || strip(nearest) == strip(name) {
		return ""
	}
	if d := suggest.Distance(name, nearest); d > 2 || d == 2 && len(name) < 8 {
		return ""
	}
	return nearest
}

func (s *stageBuilder) undefined(u undefinedName, at anchor) {
	u.Stage = s.index
	s.b.facts.Undefined = append(s.b.facts.Undefined, u)
	s.b.listed("undefined", at)
}

// listed notes the place of an element of one of the file's lists.
func (b *builder) listed(name string, at anchor) {
	if b.locator.lists == nil {
		b.locator.lists = make(map[string][]anchor)
	}
	b.locator.lists[name] = append(b.locator.lists[name], at)
}

// badDefault tells whether the name of a base image is no reference where nobody passes --build-arg.
func (b *builder) badDefault(name string) bool {
	if strings.IndexByte(name, '$') < 0 {
		return false
	}
	if len(name) > maxWord || strings.Count(name, "$") > maxDollars || b.defaults.widest(name) > 1<<20 {
		return false
	}
	b.defaults.standin = platformValues
	text, _, err := b.defaults.lex.ProcessWord(name, &b.defaults)
	if err != nil || text == "scratch" {
		return false
	}
	_, err = imageref.Parse(text)
	return err != nil
}

// platformValues stand for what every build sets for itself.
var platformValues = map[string]string{
	"BUILDPLATFORM": "linux/amd64", "BUILDOS": "linux", "BUILDARCH": "amd64",
	"TARGETPLATFORM": "linux/amd64", "TARGETOS": "linux", "TARGETARCH": "amd64",
}
