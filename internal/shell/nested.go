package shell

import "strings"

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
