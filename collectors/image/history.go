package image

import (
	"path"
	"regexp"
	"strings"
	"sync"

	"sallyport/internal/secret"
	"sallyport/internal/shell"
)

// maxHistory bounds the history, and maxStep the text of one step; registries refuse far less.
const (
	maxHistory = 5000
	maxStep    = 128 << 10
)

// history reads the steps and says which layer each made. steps are the entries, oldest first.
func (b *builder) history(steps []node) {
	if len(steps) > maxHistory {
		steps[maxHistory].mistake("more than %d steps of history", maxHistory)
		steps = steps[:maxHistory]
	}
	layer := 0
	for i, n := range steps {
		s := Step{Layer: -1}
		b.at(n, "history", i)
		b.at(n.key("created_by"), "history", i, "created_by")
		created := n.key("created_by").text()
		if len(created) > maxStep {
			created = created[:maxStep]
		}
		b.step(&s, i, created)
		if !n.key("empty_layer").truth() {
			s.Layer = layer
			layer++
		}
		b.facts.History = append(b.facts.History, s)
	}
	if layer != len(b.facts.Layers) {
		// The history is optional and squashed images have too much of it: then nothing is known.
		for i := range b.facts.History {
			b.facts.History[i].Layer = -1
		}
	}
}

// step takes one entry apart and finds its secrets.
func (b *builder) step(s *Step, i int, created string) {
	s.Args, s.Commands = []secret.Env{}, []Command{}
	instruction, text, args := parseStep(created)
	s.Instruction = instruction
	hits := secret.Find(text)
	for _, word := range args {
		name, value, _ := strings.Cut(word, "=")
		env := secret.Variable(name, value)
		s.Args = append(s.Args, env)
		b.secrets = append(b.secrets, secret.Values(name, value)...)
		if env.Secret.Found {
			b.leak(name, "argument", env.Secret, "history", i, "args", len(s.Args)-1)
			created = strings.ReplaceAll(created, value, env.Value)
		}
	}
	if instruction == "ENV" {
		hits = nil // the environment itself tells it, and this names it a second time
		b.mask(&created, &text, secret.Find(text))
	}
	if len(hits) > 0 {
		b.leak(instruction, "history", hits[0].Verdict, "history", i, "created_by")
	}
	b.mask(&created, &text, hits)
	s.CreatedBy, s.Text = created, text
	if instruction == "RUN" {
		script, _ := shell.Parse(text, nil)
		for _, c := range script.Commands {
			if c.Name != "" {
				s.Commands = append(s.Commands, Command{path.Base(c.Name), append([]string{}, c.Args...)})
			}
		}
	}
}

func (b *builder) mask(created, text *string, hits []secret.Hit) {
	for _, h := range hits {
		b.secrets = append(b.secrets, h.Value)
		*created = strings.ReplaceAll(*created, h.Value, h.Verdict.Masked)
		*text = strings.ReplaceAll(*text, h.Value, h.Verdict.Masked)
	}
}

func (b *builder) leak(name, where string, v secret.Verdict, at ...any) {
	b.facts.Leaks = append(b.facts.Leaks, Leak{Name: name, Where: where, At: at, Secret: v})
}

// stepInstruction matches what builders write in front of an entry: BuildKit the instruction, and the
// classic builder "#(nop)" and the instruction behind a shell.
var stepInstruction = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:(?:/bin/sh -c|cmd /S /C) +#\(nop\) *)?(ADD|ARG|CMD|COPY|ENTRYPOINT|ENV|EXPOSE|HEALTHCHECK|LABEL|MAINTAINER|ONBUILD|SHELL|STOPSIGNAL|USER|VOLUME|WORKDIR|RUN)\b *`)
})

// parseStep tells the instruction of an entry, its text, and the build arguments that were in force:
// "RUN |1 TOKEN=x /bin/sh -c make # buildkit".
func parseStep(created string) (instruction, text string, args []string) {
	text = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(created), "# buildkit"))
	if m := stepInstruction().FindStringSubmatch(text); m != nil {
		instruction, text = m[1], text[len(m[0]):]
	}
	if instruction == "" || instruction == "RUN" {
		rest, found := buildArgs(text, &args)
		shellForm := false
		for _, prefix := range []string{"/bin/sh -c ", "/bin/bash -c ", "/bin/bash -o pipefail -c ", "/bin/ash -eo pipefail -c ", "cmd /S /C "} {
			if after, ok := strings.CutPrefix(rest, prefix); ok {
				rest, shellForm = after, true
				break
			}
		}
		if instruction == "RUN" || found || shellForm {
			return "RUN", rest, args
		}
	}
	return instruction, text, nil
}

// buildArgs cuts "|2 A=x B=y " off. A value with blanks in it cannot be told from the command behind it, so
// the words up to the shell belong to the last value.
func buildArgs(text string, args *[]string) (rest string, found bool) {
	if !strings.HasPrefix(text, "|") {
		return text, false
	}
	digits := strings.IndexFunc(text[1:], func(r rune) bool { return r < '0' || r > '9' })
	if digits <= 0 || text[1+digits] != ' ' {
		return text, false
	}
	rest = text[1+digits+1:]
	end := len(rest)
	for _, mark := range []string{" /bin/sh -c ", " /bin/bash ", " /bin/ash ", " cmd /S /C "} {
		if i := strings.Index(" "+rest, mark); i >= 0 {
			end = min(end, i)
		}
	}
	for _, word := range strings.Fields(rest[:end]) {
		if name, _, ok := strings.Cut(word, "="); ok && name != "" && !strings.ContainsAny(name, `/"'$`) {
			*args = append(*args, word)
		} else if n := len(*args); n > 0 {
			(*args)[n-1] += " " + word
		}
	}
	return strings.TrimSpace(rest[end:]), true
}
