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
