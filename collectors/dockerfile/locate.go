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
		return l.source.locate(map[string]anchor{
			"base": s.base, "platform": s.platform, "user": s.user, "shell": s.shell, "workdir": s.workdir,
			"entrypoint": s.entrypoint, "cmd": s.cmd, "healthcheck": s.health, "stop_signal": s.stop, "alias": s.alias,
		}[name])
	}
	if key, ok := p[1].(string); ok && len(p) == 2 {
		return l.source.locate(map[string]map[string]anchor{"environment": s.environment, "labels": s.labels}[name][key])
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
	return l.item(map[string][]anchor{
		"unchecked": s.unchecked, "accounts": s.accounts, "modes": s.modes,
		"env": s.env, "args": s.args, "expose": s.expose, "volumes": s.volumes, "copies": s.copies,
		"cargo": s.cargo, "rustup": s.rustup, "rustflags": s.flags, "secrets": s.secrets, "onbuild": s.onbuild,
		"workdirs": s.workdirs, "overridden": s.overridden, "shell_forms": s.shellForms, "legacy": s.legacy,
		"self_references": s.selfReferences, "maintainers": s.maintainers, "labelled": s.labelled,
	}[name], i, p[2:])
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
	return l.item(map[string][]anchor{
		"commands": r.commands, "env": r.env, "mounts": r.mounts,
	}[name], i, p[2:])
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
