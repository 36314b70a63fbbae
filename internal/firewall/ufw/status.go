package ufw

import (
	"io/fs"
	"regexp"
	"strings"
	"sync"

	"sallyport/internal/fact"
	"sallyport/internal/firewall"
)

// ReadStatus reads what "ufw status verbose" prints. That is what ufw believes: the rules in before.rules and after.rules are taken
// for those of the package, and a rule that was edited by hand does not show.
func ReadStatus(fsys fs.FS, name string) (*firewall.Ruleset, error) {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, err
	}
	s := &status{file: name, rules: map[int][]entry{4: nil, 6: nil}, settings: make(map[string]setting)}
	if err := s.read(strings.ToValidUTF8(string(data), "\uFFFD")); err != nil {
		return nil, err
	}
	f := &folder{fsys: nothing{}, dir: name, settings: s.settings}
	set, err := f.load(s.rules)
	if err == nil && s.active {
		set.Partial = append(set.Partial, firewall.Unknown{Why: "the status does not show before.rules and after.rules", At: s.settings["DEFAULT_INPUT_POLICY"].at})
		if s.guessed {
			set.Partial = append(set.Partial, firewall.Unknown{Why: "the status does not show whether ufw filters IPv6", At: s.settings["DEFAULT_INPUT_POLICY"].at})
		}
	}
	return set, err
}

// nothing is a tree without files: every file is the package's.
type nothing struct{}

func (nothing) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

type status struct {
	file     string
	active   bool
	six      bool // a line of IPv6 was seen
	guessed  bool
	rules    map[int][]entry
	settings map[string]setting
}

var (
	defaults = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^Default: (\w+) \(incoming\), (\w+) \(outgoing\), (\w+) \(routed\)$`)
	})
	action = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(.*?)\s+(ALLOW|DENY|REJECT|LIMIT) (IN|OUT|FWD)\s+(.*)$`)
	})
	noAction = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(.*?)\s{2,}(ALLOW|DENY|REJECT|LIMIT)\s{2,}(.*)$`) })
	logging  = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\s*\((?:log|log-all)?(?:, )?(?:out)?\)\s*$`) })
	profile  = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(` \([^()]*(?: \(v6\))?\)`) })
	numbered = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\[ *\d+\] `) })
)

func (s *status) read(text string) error {
	values := map[string]string{"allow": "ACCEPT", "deny": "DROP", "reject": "REJECT", "disabled": "DROP"}
	said := false
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimRight(line, " \t\r\n")
		at := fact.Span{Line: n, Column: 1, EndLine: n, EndColumn: 1 + len([]rune(line))}
		switch m := defaults().FindStringSubmatch(line); {
		case strings.IndexByte(line, 0) >= 0:
			return &fact.Error{File: s.file, Line: n, Msg: "there is a NUL byte: this is no text"}
		case n == 1 && (line == "Status: active" || line == "\ufeffStatus: active"):
			s.active = true
		case n == 1 && (line == "Status: inactive" || line == "\ufeffStatus: inactive"):
		case n == 1:
			return &fact.Error{File: s.file, Line: 1, Msg: "this is not what ufw status prints", Hint: "save what \"LC_ALL=C ufw status verbose\" prints"}
		case m != nil:
			said = true
			for i, d := range directions {
				s.settings[d.key] = setting{value: values[m[i+1]], at: at}
			}
		case line == "" || strings.HasPrefix(line, "Logging:") || strings.HasPrefix(line, "New profiles:") || strings.HasPrefix(line, "To ") || strings.HasPrefix(line, "-- "):
		default:
			if err := s.rule(line, at); err != nil {
				return err
			}
		}
	}
	s.settings["ENABLED"] = setting{value: map[bool]string{true: "yes", false: "no"}[s.active], at: fact.Span{Line: 1, Column: 1, EndLine: 1, EndColumn: 15}}
	if s.active && !said {
		return &fact.Error{File: s.file, Line: 1, Msg: "the status does not say what the defaults are", Hint: "save what \"ufw status verbose\" prints"}
	}
	s.settings["IPV6"] = setting{value: "yes"}
	if !s.six {
		s.guess()
	}
	return nil
}

// guess tells from the rules whether ufw filters IPv6: it makes two of each rule without addresses where it does.
func (s *status) guess() {
	for _, e := range s.rules[4] {
		if e.src == "" && e.dst == "" {
			s.settings["IPV6"] = setting{value: "no", at: e.at}
			return
		}
	}
	s.guessed = true
}

// rule reads "TO ACTION DIRECTION FROM"; both places are [ADDRESS] [PORTS[/PROTOCOL]] [(PROFILE)] [on INTERFACE] [(v6)].
func (s *status) rule(line string, at fact.Span) error {
	line = numbered().ReplaceAllString(line, "")
	text, comment, _ := strings.Cut(line, " # ")
	m := action().FindStringSubmatch(strings.TrimRight(text, " "))
	if m == nil {
		if short := noAction().FindStringSubmatch(strings.TrimRight(text, " ")); short != nil {
			m = []string{"", short[1], short[2], "IN", short[3]}
		}
	}
	if m == nil {
		return &fact.Error{File: s.file, Line: at.Line, Msg: "this is no line of ufw's status", Hint: "save what \"LC_ALL=C ufw status verbose\" prints"}
	}
	e := entry{action: strings.ToLower(m[2]), outgoing: m[3] == "OUT", forward: m[3] == "FWD", comment: comment, at: at, protocol: "any"}
	to, from := place(m[1]), place(logging().ReplaceAllString(m[4], ""))
	e.dst, e.dport, e.src, e.sport = to.address, to.ports, from.address, from.ports
	for _, p := range []string{to.protocol, from.protocol} {
		if p != "" {
			e.protocol = p
		}
	}
	e.in, e.out = to.device, from.device // as seen from the host
	if e.forward {
		e.in, e.out = from.device, to.device
	}
	family := 4
	if to.six || from.six {
		family = 6
		s.six = true
	}
	s.rules[family] = append(s.rules[family], e)
	return nil
}

type endpoint struct {
	address, ports, protocol, device string
	six                              bool
}

func place(text string) endpoint {
	var p endpoint
	text, p.six = strings.ReplaceAll(text, "(v6))", ")"), strings.Contains(text, "(v6)")
	text = strings.ReplaceAll(text, "(v6)", "")
	text = profile().ReplaceAllString(text, "")
	words := strings.Fields(text)
	for i := 0; i < len(words); i++ {
		w := words[i]
		switch {
		case w == "on" && i+1 < len(words):
			i++
			p.device = words[i]
		case w == "Anywhere":
		case strings.HasPrefix(w, "Anywhere/"):
			p.protocol = strings.TrimPrefix(w, "Anywhere/")
		case strings.Contains(w, ".") || strings.Count(w, ":") > 1 && !strings.Contains(w, ","):
			p.address, p.protocol = hostOf(w, p.protocol)
			p.six = p.six || strings.Contains(w, ":")
		default:
			ports, protocol, has := strings.Cut(w, "/")
			p.ports = ports
			if has {
				p.protocol = protocol
			}
		}
	}
	return p
}

// hostOf takes ADDRESS[/MASK][/PROTOCOL] apart.
func hostOf(w, protocol string) (string, string) {
	i := strings.LastIndexByte(w, '/')
	if i >= 0 && strings.Trim(w[i+1:], "0123456789.:abcdefABCDEF") != "" || i >= 0 && (w[i+1:] == "ah") {
		return w[:i], w[i+1:]
	}
	return w, protocol
}
