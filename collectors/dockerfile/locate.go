package dockerfile

import (
	"strings"

	"sallyport/internal/fact"
)

// stageAnchors are the places of a stage's facts.
type stageAnchors struct {
	from, base, platform, alias           anchor
	user, shell, workdir                  anchor
	entrypoint, cmd, health, stop         anchor
	env, args, expose, volumes            []anchor
	copies, cargo, rustup, flags, secrets []anchor
	onbuild                               []anchor
	unchecked, accounts, modes            []anchor
	fetches                               []call
	workdirs, overridden, shellForms      []anchor
	legacy, selfReferences, maintainers   []anchor
	labelled                              []anchor
	environment, labels                   map[string]anchor
	runs                                  []runAnchors
}

// runAnchors are the places of the facts of a RUN instruction.
type runAnchors struct {
	all           anchor
	commands, env []anchor
	mounts        []anchor
	text          string // that the commands stand in
	packages      []packageCommand
}

// A locator answers where facts stand (fact.Locator).
type locator struct {
	source *source
	args   []anchor
	stages []stageAnchors
	// lists are the places of the other lists of a Dockerfile, by their names.
	lists map[string][]anchor
	// patterns are the lines of the ignore file.
	patterns []fact.Span
}

func (l *locator) locate(p fact.Path) (fact.Span, bool) {
	if len(p) == 1 {
		if name, ok := p[0].(string); ok && (name == "syntax" || name == "escape") {
			return l.directive(name)
		}
	}
	if len(p) == 3 && p[0] == "context" {
		name, i, ok := element(p[1:])
		if ok && name == "patterns" && i < len(l.patterns) {
			return l.patterns[i], true
		}
		return fact.Span{}, false
	}
	name, i, ok := element(p)
	if !ok {
		return fact.Span{}, false
	}
	switch name {
	case "args":
		return l.item(l.args, i, p[2:])
	case "images", "keywords", "continuations", "pragmas", "undefined", "descriptions":
		return l.item(l.lists[name], i, p[2:])
	case "stages":
		if i < len(l.stages) {
			return l.stage(&l.stages[i], p[2:])
		}
	}
	return fact.Span{}, false
}

// element splits a path that begins with a list and an index.
func element(p fact.Path) (name string, i int, ok bool) {
	if len(p) < 2 {
		return "", 0, false
	}
	name, ok1 := p[0].(string)
	i, ok2 := p[1].(int)
	return name, i, ok1 && ok2 && i >= 0
}

// item is the place of a list's element; the element's own fields stand there too.
func (l *locator) item(list []anchor, i int, rest fact.Path) (fact.Span, bool) {
	if i >= len(list) || len(rest) > 0 {
		return fact.Span{}, false
	}
	return l.source.locate(list[i])
}

func (l *locator) stage(s *stageAnchors, p fact.Path) (fact.Span, bool) {
	if len(p) == 0 {
		return l.source.locate(s.from)
	}
	name, _ := p[0].(string)
	if len(p) == 1 {
		return l.source.locate(s.one(name))
	}
	if key, ok := p[1].(string); ok && len(p) == 2 {
		switch name {
		case "environment":
			return l.source.locate(s.environment[key])
		case "labels":
			return l.source.locate(s.labels[key])
		}
		return fact.Span{}, false
	}
	name, i, ok := element(p)
	if !ok {
		return fact.Span{}, false
	}
	if name == "runs" {
		if i < len(s.runs) {
			return l.run(&s.runs[i], p[2:])
		}
		return fact.Span{}, false
	}
	if name == "fetches" {
		return l.fetch(s, i)
	}
	return l.item(s.list(name), i, p[2:])
}

// one is the place of a fact that a stage has once.
func (s *stageAnchors) one(name string) anchor {
	switch name {
	case "base":
		return s.base
	case "platform":
		return s.platform
	case "user":
		return s.user
	case "shell":
		return s.shell
	case "workdir":
		return s.workdir
	case "entrypoint":
		return s.entrypoint
	case "cmd":
		return s.cmd
	case "healthcheck":
		return s.health
	case "stop_signal":
		return s.stop
	case "alias":
		return s.alias
	}
	return anchor{}
}

// list are the places of a stage's list.
func (s *stageAnchors) list(name string) []anchor {
	switch name {
	case "unchecked":
		return s.unchecked
	case "accounts":
		return s.accounts
	case "modes":
		return s.modes
	case "env":
		return s.env
	case "args":
		return s.args
	case "expose":
		return s.expose
	case "volumes":
		return s.volumes
	case "copies":
		return s.copies
	case "cargo":
		return s.cargo
	case "rustup":
		return s.rustup
	case "rustflags":
		return s.flags
	case "secrets":
		return s.secrets
	case "onbuild":
		return s.onbuild
	case "workdirs":
		return s.workdirs
	case "overridden":
		return s.overridden
	case "shell_forms":
		return s.shellForms
	case "legacy":
		return s.legacy
	case "self_references":
		return s.selfReferences
	case "maintainers":
		return s.maintainers
	case "labelled":
		return s.labelled
	}
	return nil
}

func (l *locator) run(r *runAnchors, p fact.Path) (fact.Span, bool) {
	if len(p) == 0 {
		return l.source.locate(r.all)
	}
	name, i, ok := element(p)
	if !ok {
		return fact.Span{}, false
	}
	if name == "packages" {
		return l.requirement(r, i, p[2:])
	}
	switch name {
	case "commands":
		return l.item(r.commands, i, p[2:])
	case "env":
		return l.item(r.env, i, p[2:])
	case "mounts":
		return l.item(r.mounts, i, p[2:])
	}
	return fact.Span{}, false
}

// requirement is the place of a package manager's command, and of a package that it names: where its word stands.
func (l *locator) requirement(r *runAnchors, i int, p fact.Path) (fact.Span, bool) {
	if i >= len(r.packages) || r.packages[i].Command >= len(r.commands) {
		return fact.Span{}, false
	}
	at := r.commands[r.packages[i].Command]
	if name, n, ok := element(p); ok && name == "packages" {
		if n >= len(r.packages[i].Packages) || at.part != atScript || at.m > len(r.text) {
			return fact.Span{}, false
		}
		from := wordIn(r.text[at.n:at.m], r.packages[i].Packages[n].Text)
		if from < 0 {
			return fact.Span{}, false
		}
		at = bytesOf(at, at.n+from, at.n+from+len(r.packages[i].Packages[n].Text))
	} else if len(p) > 0 {
		return fact.Span{}, false
	}
	return l.source.locate(at)
}

// wordIn finds a word in a command, -1 where quoting hides it.
func wordIn(text, word string) int {
	for from := 0; word != ""; {
		i := strings.Index(text[from:], word)
		if i < 0 {
			break
		}
		i += from
		end := i + len(word)
		if (i == 0 || strings.IndexByte(" \t\n\"'=", text[i-1]) >= 0) && (end == len(text) || strings.IndexByte(" \t\n\"';\\", text[end]) >= 0) {
			return i
		}
		from = end
	}
	return -1
}

// directive finds "# syntax=..." and "# escape=..." among the first lines.
func (l *locator) directive(name string) (fact.Span, bool) {
	for n := 1; ; n++ {
		from, to, ok := l.source.line(n)
		if !ok {
			return fact.Span{}, false
		}
		text := strings.TrimSpace(l.source.text[from:to])
		rest, comment := strings.CutPrefix(text, "#")
		if !comment {
			if n == 1 && strings.HasPrefix(text, "#!") {
				continue
			}
			return fact.Span{}, false
		}
		key, _, ok := strings.Cut(rest, "=")
		if ok && strings.EqualFold(strings.TrimSpace(key), name) {
			return l.source.span(from, to), true
		}
	}
}
