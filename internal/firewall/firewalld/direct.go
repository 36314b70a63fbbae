package firewalld

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"sallyport/internal/fact"
	"sallyport/internal/firewall"
	"sallyport/internal/firewall/iptables"
)

// A directRule is a rule for iptables, in iptables' own words: firewalld.direct(5).
type directRule struct {
	family       int
	table, chain string
	priority     int
	args         []string
	at           *node
}

// directRules are what direct.xml asks of iptables, whose tables come before firewalld's.
func (c *config) directRules() (*firewall.Ruleset, *fact.Error) {
	all := new(firewall.Ruleset)
	if c.direct == nil {
		return all, nil
	}
	load := iptables.NewLoader(c.direct.at.File)
	var rules []directRule
	for _, n := range c.direct.children {
		family := map[string]int{"ipv4": 4, "ipv6": 6}[n.attr("ipv")]
		if family == 0 {
			continue // of bridges
		}
		switch n.name {
		case "chain":
			if !load.Load(family, "*"+n.attr("table")+"\n:"+n.attr("chain")+" - [0:0]\nCOMMIT\n", n.whole) {
				return nil, refuse(n.at, "iptables refuses the chain %s", n.attr("chain"))
			}
		case "rule":
			r, mistake := readDirectRule(n, family)
			if mistake != nil {
				return nil, mistake
			}
			rules = append(rules, r...)
		}
	}
	slices.SortStableFunc(rules, func(a, b directRule) int { return cmp.Compare(a.priority, b.priority) })
	for _, n := range c.direct.children {
		if family := map[string]int{"ipv4": 4, "ipv6": 6}[n.attr("ipv")]; n.name == "passthrough" && family != 0 {
			args, ok := arguments(n.text)
			if !ok || len(args) == 0 {
				continue
			}
			table := "filter"
			if i := slices.Index(args, "-t"); i >= 0 && i+1 < len(args) {
				table = args[i+1]
				args = slices.Delete(args, i, i+2)
			}
			rules = append(rules, directRule{family: family, table: table, args: args, at: n})
		}
	}
	for _, r := range rules {
		if slices.Contains(r.args, "--match-set") {
			all.Partial = append(all.Partial, firewall.Unknown{Why: "a direct rule that asks an ipset", At: r.at.whole})
			continue
		}
		if !load.Load(r.family, r.text(), r.at.whole) {
			return nil, refuse(r.at.at, "iptables refuses the direct rule %s", strings.Join(r.args, " "))
		}
	}
	set := load.Ruleset()
	set.Partial = all.Partial
	return set, nil
}

// readDirectRule reads a rule; one for several addresses is as many rules.
func readDirectRule(n *node, family int) ([]directRule, *fact.Error) {
	priority, err := strconv.Atoi(strings.TrimSpace(n.attr("priority")))
	args, ok := arguments(n.text)
	if err != nil || !ok || len(args) == 0 {
		return nil, nil // firewalld leaves it out
	}
	r := directRule{family, n.attr("table"), strings.TrimSuffix(n.attr("chain"), "_direct"), priority, args, n}
	if r.table == "" || r.chain == "" {
		return nil, refuse(n.at, "the direct rule has no table or no chain")
	}
	rules := []directRule{r}
	for _, options := range [][]string{{"-s", "--source"}, {"-d", "--destination"}} {
		var more []directRule
		for _, r := range rules {
			more = append(more, r.split(options)...)
		}
		rules = more
	}
	return rules, nil
}

func (r directRule) split(options []string) []directRule {
	i := slices.IndexFunc(r.args, func(a string) bool { return slices.Contains(options, a) })
	if i < 0 || i+1 >= len(r.args) || !strings.Contains(r.args[i+1], ",") {
		return []directRule{r}
	}
	var all []directRule
	for address := range strings.SplitSeq(r.args[i+1], ",") {
		one := r
		one.args = slices.Clone(r.args)
		one.args[i+1] = address
		all = append(all, one)
	}
	return all
}

// text is what iptables-restore reads.
func (r directRule) text() string {
	line := ""
	if r.chain != "" {
		line = "-A " + r.chain
	}
	for _, a := range r.args {
		if strings.ContainsAny(a, " \t\"\\") || a == "" {
			a = `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(a) + `"`
		}
		line += " " + a
	}
	return "*" + r.table + "\n" + strings.TrimSpace(line) + "\nCOMMIT\n"
}

// arguments splits words as a shell does that expands nothing.
func arguments(text string) (words []string, ok bool) {
	var b strings.Builder
	var quote rune
	escaped, begun := false, false
	for _, c := range text {
		switch {
		case escaped:
			b.WriteRune(c)
			escaped = false
		case c == '\\' && quote != '\'':
			escaped, begun = true, true
		case quote != 0 && c == quote:
			quote = 0
		case quote == 0 && (c == '"' || c == '\''):
			quote, begun = c, true
		case quote == 0 && strings.ContainsRune(" \t\r\n", c):
			if begun {
				words = append(words, b.String())
			}
			b.Reset()
			begun = false
		default:
			b.WriteRune(c)
			begun = true
		}
	}
	if begun {
		words = append(words, b.String())
	}
	return words, quote == 0 && !escaped
}
