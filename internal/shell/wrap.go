package shell

import (
	"path"
	"slices"
	"strings"
)

// run adds a command, notes what it does to the shell, and adds the command that it runs in turn.
func (r *reader) run(c Command) {
	c.Pipeline = r.add(c)
	switch c.Name {
	case "set", "shopt":
		r.options(c.Args)
	case "unset":
		for _, a := range c.Args {
			r.forget(a)
		}
	case "read", "getopts", "mapfile", "readarray":
		for _, a := range c.Args {
			r.forget(a)
		}
	}
	if r.depth < maxNested {
		r.inner(c)
	}
}

// options follows set -e, set +e and pipefail.
func (r *reader) options(args []string) {
	for i, a := range args {
		switch {
		case a == "pipefail" && i > 0:
			r.pipefail = strings.HasPrefix(args[i-1], "-")
		case a == "errexit" && i > 0:
			r.lenient = strings.HasPrefix(args[i-1], "+")
		case strings.HasPrefix(a, "+") && strings.Contains(a, "e"):
			r.lenient = true
		case strings.HasPrefix(a, "-") && strings.Contains(a, "e"):
			r.lenient = false
		}
	}
}

// A wrapper is a command that runs the command in its arguments. valued are its options that take the
// next word; skip is the number of operands before the command.
type wrapper struct {
	valued string
	skip   int
	assign bool
}

var wrappers = map[string]wrapper{
	"sudo":      {valued: "-u -g -h -p -C -T -U -r -t -D -R --user --group --chdir", assign: true},
	"doas":      {valued: "-u -C"},
	"env":       {valued: "-u -C --unset --chdir", assign: true},
	"time":      {valued: "-f -o"},
	"nice":      {valued: "-n"},
	"ionice":    {valued: "-c -n"},
	"nohup":     {},
	"exec":      {valued: "-a"},
	"command":   {},
	"builtin":   {},
	"setsid":    {},
	"stdbuf":    {valued: "-i -o -e"},
	"xargs":     {valued: "-n -I -P -L -d -a -s -E --max-args --max-procs --replace --delimiter"},
	"timeout":   {valued: "-s -k --signal --kill-after", skip: 1},
	"chroot":    {skip: 1},
	"gosu":      {skip: 1},
	"su-exec":   {skip: 1},
	"setpriv":   {valued: "--reuid --regid --groups"},
	"tini":      {},
	"dumb-init": {},
	"chronic":   {},
	"retry":     {valued: "-t -d --times --delay"},
	"xvfb-run":  {valued: "-s -n -e"},
	"mold":      {},
	"linux32":   {},
	"then":      {},
	"fakeroot":  {valued: "-s -i -l"},
	"eatmydata": {},
	"flock":     {valued: "-w -E --timeout", skip: 1},
	"taskset":   {skip: 1},
	"unshare":   {valued: "-S -G -R -w"},
	"unbuffer":  {},
	"nocache":   {},
	"busybox":   {},

	"s6-setuidgid":     {skip: 1},
	"arch-chroot":      {valued: "-u", skip: 1},
	"dbus-run-session": {valued: "--config-file --dbus-daemon"},
	"faketime":         {valued: "-f", skip: 1},
}

// inner adds the command that c runs, if it runs one.
func (r *reader) inner(c Command) {
	name := base(c.Name)
	switch name {
	case "sh", "bash", "dash", "ash", "zsh", "ksh", "mksh":
		r.shell(c)
		return
	case "su", "runuser":
		r.substitute(c)
		return
	case "eval":
		r.script(c, strings.Join(c.Args, " "), nil)
		return
	case "find":
		r.find(c)
		return
	case "scl":
		if i := slices.Index(c.Args, "--"); i >= 0 && i+1 < len(c.Args) {
			r.again(c, c.Args[i+1:], nil)
		} else if n := len(c.Args); n > 2 && c.Args[0] == "enable" {
			r.script(c, c.Args[n-1], nil)
		}
		return
	case "conda", "mamba", "micromamba", "poetry", "uv", "bundle", "pipenv", "pdm", "hatch":
		r.environment(c)
		return
	case "rustup":
		if len(c.Args) > 2 && c.Args[0] == "run" {
			rest := c.Args[2:]
			if base(rest[0]) == "cargo" {
				rest = append([]string{rest[0], "+" + c.Args[1]}, rest[1:]...)
			}
			r.again(c, rest, nil)
		}
		return
	}
	w, ok := wrappers[name]
	if !ok {
		return
	}
	rest, env := w.unwrap(c)
	if len(rest) > 0 {
		r.again(c, rest, env)
	}
}

// substitute reads what su and runuser run: su app -c 'text', runuser -u app -- cmd.
func (r *reader) substitute(c Command) {
	for i, a := range c.Args {
		text, long := strings.CutPrefix(a, "--command=")
		switch {
		case long:
			r.script(c, text, nil)
			return
		case (a == "-c" || a == "--command" || a == "-lc") && i+1 < len(c.Args):
			r.script(c, c.Args[i+1], nil)
			return
		}
	}
	if i := slices.Index(c.Args, "--"); i >= 0 && base(c.Name) == "runuser" && i+1 < len(c.Args) {
		r.again(c, c.Args[i+1:], nil)
	}
}

// find reads what find -exec runs.
func (r *reader) find(c Command) {
	for i := 0; i < len(c.Args); i++ {
		switch c.Args[i] {
		case "-exec", "-execdir", "-ok", "-okdir":
			from := i + 1
			for i = from; i < len(c.Args) && c.Args[i] != ";" && c.Args[i] != "+"; i++ {
			}
			if from < i {
				r.again(c, c.Args[from:i:i], nil)
			}
		}
	}
}

// environment reads what runs inside a tool's environment: conda run -n x cmd, poetry run cmd, bundle exec cmd.
func (r *reader) environment(c Command) {
	i := slices.IndexFunc(c.Args, func(a string) bool { return a == "run" || a == "exec" })
	if i < 0 {
		return
	}
	w := wrapper{valued: "-n --name -p --prefix --cwd --with --python --extra --group --package --directory --project"}
	inner := c
	inner.Args = c.Args[i+1:]
	if rest, env := w.unwrap(inner); len(rest) > 0 {
		r.again(c, rest, env)
	}
}

func (w wrapper) unwrap(c Command) ([]string, []Assign) {
	rest, skip := c.Args, w.skip
	var env []Assign
	for len(rest) > 0 {
		a := rest[0]
		name, value, assigned := strings.Cut(a, "=")
		switch {
		case a == "--":
			rest = rest[1:]
			return rest[min(skip, len(rest)):], env
		case len(a) > 1 && a[0] == '-':
			if hasWord(w.valued, a) && len(rest) > 1 {
				rest = rest[1:]
			}
		case w.assign && assigned && name != "":
			env = append(env, Assign{
				Name: name, Value: value, Known: !strings.Contains(value, "$"), Exported: true,
				Offset: c.Offset, End: c.End,
			})
		case skip > 0:
			skip--
		default:
			return rest, env
		}
		rest = rest[1:]
	}
	return nil, env
}

// again adds the command in words, which c runs.
func (r *reader) again(c Command, words []string, env []Assign) {
	outer := r.via
	r.via = base(c.Name)
	c.Name, c.Args = words[0], words[1:]
	c.Env = append(c.Env[:len(c.Env):len(c.Env)], env...)
	r.depth++
	r.run(c)
	r.depth--
	r.via = outer
}

// shell reads the script of sh -c and of sh <<EOF.
func (r *reader) shell(c Command) {
	for i := 0; i < len(c.Args); i++ {
		a := c.Args[i]
		switch {
		case a == "-o" || a == "+o" || a == "-O" || a == "--rcfile" || a == "--init-file":
			i++
		case a == "-" || a == "--":
		case !strings.HasPrefix(a, "-") && !strings.HasPrefix(a, "+"):
			return // a script file
		case !strings.HasPrefix(a, "--") && strings.ContainsRune(a, 'c'):
			at := i + 1
			for at < len(c.Args)-1 && strings.HasPrefix(c.Args[at], "-") { // bash -c -e 'text'
				if at++; strings.HasSuffix(c.Args[at-1], "o") {
					at++
				}
			}
			if at < len(c.Args) {
				r.script(c, c.Args[at], c.Args[:at])
			}
			return
		case !strings.HasPrefix(a, "--") && strings.HasSuffix(a, "o"): // -euo pipefail
			i++
		}
	}
	if r.body != "" {
		r.script(c, r.body, c.Args)
	}
}

// script reads a text that c runs; flags are the shell's.
func (r *reader) script(c Command, text string, flags []string) {
	sub := &reader{
		text: text, env: r.env, vars: r.vars, gone: r.gone, count: r.count, depth: r.depth + 1,
		plain: r.plain,
	}
	sub.via, sub.join, sub.pipeline, sub.inside, sub.function = base(c.Name), r.join, r.pipeline, r.inside, r.function
	sub.lenient, sub.mayFail, sub.beforePipe, sub.redirects = r.lenient, r.mayFail, r.beforePipe, c.Redirects
	if sub.via != "eval" {
		sub.plain = plain(sub.via)
		sub.options(flags)
	} else {
		sub.pipefail = r.pipefail
	}
	if sub.parse() != nil {
		return
	}
	// The commands stand where the text stands, or, where quoting has changed it, where c stands.
	window := r.text[c.Offset:min(len(r.text), c.End+len(text)+maxHeader)]
	at := strings.Index(window, text)
	for _, inner := range sub.cmds {
		inner.place(c, at)
		inner.Env = append(c.Env[:len(c.Env):len(c.Env)], inner.Env...)
		r.cmds = append(r.cmds, inner)
	}
}

// place moves a command of a nested text to its place in the outer one: at bytes behind the start of
// outer, or outer itself where at is negative.
func (c *Command) place(outer Command, at int) {
	move := func(from, to int) (int, int) {
		if at < 0 {
			return outer.Offset, outer.End
		}
		return outer.Offset + at + from, outer.Offset + at + to
	}
	c.Offset, c.End = move(c.Offset, c.End)
	for i := range c.Env {
		c.Env[i].Offset, c.Env[i].End = move(c.Env[i].Offset, c.Env[i].End)
	}
}

// base is the name of a program without its folder and without ".exe".
func base(name string) string {
	if !strings.ContainsAny(name, "/\\.") {
		return name
	}
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	return strings.TrimSuffix(name, ".exe")
}

func hasWord(list, word string) bool {
	for w := range strings.FieldsSeq(list) {
		if w == word {
			return true
		}
	}
	return false
}
