package ufw

import (
	"fmt"
	"io/fs"
	"path"
	"strings"

	"sallyport/internal/fact"
	"sallyport/internal/firewall"
	"sallyport/internal/firewall/iptables"
)

// An initializer loads a folder as ufw-init does: each text that it gives to iptables-restore is a step of its own, and what
// fails leaves the others.
type initializer struct {
	*folder
	loader   *iptables.Loader
	rules    map[int][]entry
	partial  []firewall.Unknown
	mistakes []*fact.Error
}

func (i *initializer) start() error {
	i.script("before.init")
	if !i.yes("IPV6") {
		i.give(6, i.settings["IPV6"].at, ":INPUT DROP [0:0]\n:FORWARD DROP [0:0]\n:OUTPUT DROP [0:0]\n-A INPUT -i lo -j ACCEPT\n-A OUTPUT -o lo -j ACCEPT\n")
	}
	for _, family := range families {
		if family == 6 && !i.yes("IPV6") {
			continue
		}
		if err := i.family(family); err != nil {
			return err
		}
	}
	i.script("after.init")
	return nil
}

// script notes a program that runs beside the rules, where it is executable.
func (i *initializer) script(name string) {
	info, err := fs.Stat(i.fsys, path.Join(i.dir, name))
	if err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0 {
		i.partial = append(i.partial, firewall.Unknown{Why: "the program " + name + " that ufw runs", At: fact.Span{File: path.Join(i.dir, name), Line: 1, Column: 1, EndLine: 1, EndColumn: 1}})
	}
}

// give loads rules that ufw-init makes itself; the setting is where they come from.
func (i *initializer) give(family int, at fact.Span, rules string) bool {
	if at == (fact.Span{}) {
		at = i.settings["ENABLED"].at // why ufw has rules at all
	}
	return i.loader.Load(family, "*filter\n"+rules+"COMMIT\n", at)
}

var directions = []struct{ chain, builtin, key string }{
	{"input", "INPUT", "DEFAULT_INPUT_POLICY"}, {"output", "OUTPUT", "DEFAULT_OUTPUT_POLICY"}, {"forward", "FORWARD", "DEFAULT_FORWARD_POLICY"},
}

func (i *initializer) family(family int) error {
	p := "ufw" + suffix(family) + "-"
	var chains, jumps strings.Builder
	for _, stage := range []string{"before-logging", "before", "after", "after-logging", "reject", "track"} {
		for _, d := range directions {
			fmt.Fprintf(&chains, ":%s%s-%s - [0:0]\n", p, stage, d.chain)
			fmt.Fprintf(&jumps, "-A %s -j %s%s-%s\n", d.builtin, p, stage, d.chain)
		}
	}
	i.give(family, fact.Span{}, chains.String()+jumps.String())
	for _, d := range directions {
		switch s := i.settings[d.key]; s.value {
		case "REJECT":
			i.give(family, s.at, fmt.Sprintf("-A %sreject-%s -j REJECT\n", p, d.chain))
		case "ACCEPT":
			i.give(family, s.at, fmt.Sprintf("-A %[1]strack-%[2]s -p tcp -m conntrack --ctstate NEW -j ACCEPT\n-A %[1]strack-%[2]s -p udp -m conntrack --ctstate NEW -j ACCEPT\n", p, d.chain))
		}
	}
	i.give(family, fact.Span{}, fmt.Sprintf(":%[1]slogging-deny - [0:0]\n:%[1]slogging-allow - [0:0]\n", p))
	var skip strings.Builder
	for _, d := range directions {
		fmt.Fprintf(&skip, ":%sskip-to-policy-%s - [0:0]\n", p, d.chain)
	}
	for _, d := range directions {
		fmt.Fprintf(&skip, "-A %sskip-to-policy-%s -j %s\n", p, d.chain, i.settings[d.key].value)
	}
	i.give(family, i.doubtful().at, skip.String())
	if err := i.files(family, p); err != nil {
		return err
	}
	for _, d := range directions {
		i.policy(family, d.builtin, i.settings[d.key])
	}
	return nil
}

// doubtful is the setting that makes a step fail that takes all three, or else the first.
func (i *initializer) doubtful() setting {
	for _, d := range directions {
		if v := i.settings[d.key].value; v != "ACCEPT" && v != "DROP" && v != "REJECT" {
			return i.settings[d.key]
		}
	}
	return i.settings["DEFAULT_INPUT_POLICY"]
}

// policy sets the policy of a built-in chain. ufw-init sets the three in one step, which one bad value makes fail.
func (i *initializer) policy(family int, builtin string, s setting) {
	for _, d := range directions {
		if v := i.settings[d.key].value; v != "ACCEPT" && v != "DROP" && v != "REJECT" {
			if d.builtin == builtin {
				i.give(family, s.at, ":"+builtin+" "+v+" [0:0]\n")
			}
			return
		}
	}
	value := s.value
	if value == "REJECT" {
		value = "DROP"
	}
	i.give(family, s.at, ":"+builtin+" "+value+" [0:0]\n")
}

// files loads the rule files: before, after, then the user's, which the chain of before.rules jumps to at its end.
func (i *initializer) files(family int, p string) error {
	for _, name := range []string{"before" + suffix(family) + ".rules", "after" + suffix(family) + ".rules"} {
		if err := i.file(family, name); err != nil {
			return err
		}
	}
	text, err := i.text(userRules(family))
	if err != nil {
		return err
	}
	if text == "" {
		i.missing(userRules(family))
		return nil
	}
	var chains, jumps strings.Builder
	for _, d := range directions {
		fmt.Fprintf(&chains, ":%suser-%s - [0:0]\n:%suser-logging-%s - [0:0]\n", p, d.chain, p, d.chain)
		fmt.Fprintf(&jumps, "-A %sbefore-%s -j %suser-%s\n", p, d.chain, p, d.chain)
	}
	i.give(family, fact.Span{}, chains.String()+fmt.Sprintf(":%[1]suser-limit - [0:0]\n:%[1]suser-limit-accept - [0:0]\n", p))
	if i.rules != nil {
		i.user(family, p, i.rules[family])
	} else if err := i.file(family, userRules(family)); err != nil {
		return err
	}
	i.give(family, fact.Span{}, jumps.String())
	return nil
}

func (i *initializer) file(family int, name string) error {
	text, err := i.text(name)
	switch {
	case err != nil:
		return err
	case text == "":
		i.missing(name)
	case !isFile(i.fsys, path.Join(i.dir, name)):
		i.loader.Load(family, text, i.settings["ENABLED"].at)
	default:
		i.loader.Restore(family, path.Join(i.dir, name), text, true)
	}
	return nil
}

func (i *initializer) missing(name string) {
	i.mistakes = append(i.mistakes, &fact.Error{File: path.Join(i.dir, name), Line: 1, Column: 1, Msg: "the file is empty: ufw loads none of it", Hint: "take the file of the package"})
}

// user loads what ufw writes for rules, without what only logs.
func (i *initializer) user(family int, p string, rules []entry) {
	i.give(family, fact.Span{}, fmt.Sprintf("-A %[1]suser-limit -j REJECT\n-A %[1]suser-limit-accept -j ACCEPT\n", p))
	for _, e := range rules {
		i.give(family, e.at, e.rules(p))
	}
}
