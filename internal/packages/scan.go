package packages

import "strings"

// words is a list of words with blanks between them, and around them all. It costs nothing at the start of the
// program, and little to look something up, as most commands have no option with a value.
type words string

func (w words) has(word string) bool {
	for rest := string(w); word != ""; {
		i := strings.Index(rest, word)
		if i < 0 {
			return false
		}
		end := i + len(word)
		if (i == 0 || rest[i-1] == ' ') && (end == len(rest) || rest[end] == ' ') {
			return true
		}
		rest = rest[end:]
	}
	return false
}

// A verb is an action and the subcommands that mean it.
type verb struct {
	action string
	words  words
}

// action is what a subcommand does; "" for one that is not in the table.
func action(table []verb, subcommand string) string {
	for i := range table {
		if table[i].words.has(subcommand) {
			return table[i].action
		}
	}
	return ""
}

// scan splits arguments into options and operands (POSIX.1-2017 XBD 12.2, getopt_long(3)). Options may follow
// operands; behind "--" stand operands alone.
func (g *grammar) scan(c *Command, args []string) []string {
	var operands []string
	for i := 0; i < len(args); i++ {
		a := args[i]
		next := ""
		if i+1 < len(args) {
			next = args[i+1]
		}
		taken := false
		switch {
		case a == "--":
			if g.manager == "gem" || g.manager == "cargo" {
				return operands // for the compiler, the program
			}
			return append(operands, args[i+1:]...)
		case len(a) < 2 || a[0] != '-':
			operands = append(operands, a)
		case a[1] == '-' || g.single:
			taken = g.long(c, a, next)
		default:
			taken = g.bundle(c, a, next)
		}
		if taken {
			i++
		}
	}
	return operands
}

// long reads --name, --name=value and --name value; it is true where it took the next word.
func (g *grammar) long(c *Command, word, next string) bool {
	name, value, given := strings.Cut(word, "=")
	if g.single && strings.HasPrefix(name, "--") {
		name = name[1:]
	}
	c.Flags = append(c.Flags, word)
	taken := !given && (g.words.has(name) || g.switches && (next == "true" || next == "false"))
	if taken {
		value = next
	}
	c.options = append(c.options, option{name, value})
	return taken
}

// bundle reads short options: -yqq, -oName=value, -o value.
func (g *grammar) bundle(c *Command, word, next string) bool {
	c.Flags = append(c.Flags, word)
	for i := 1; i < len(word); i++ {
		o := option{name: "-" + word[i:i+1]}
		if strings.IndexByte(g.letters, word[i]) >= 0 {
			o.value = strings.TrimPrefix(word[i+1:], "=")
			taken := i+1 == len(word)
			if taken {
				o.value = next
			}
			c.options = append(c.options, o)
			return taken
		}
		if i+1 < len(word) && word[i+1] == '=' {
			o.value = word[i+2:]
			c.options = append(c.options, o)
			return false
		}
		c.options = append(c.options, o)
	}
	return false
}
