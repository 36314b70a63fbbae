package systemd

import (
	"net/netip"
	"path"
	"slices"
	"strconv"
	"strings"
)

// ownNames are the names of a unit and its programs, whose words are its own: LEDGER_PORT of ledger.service.
type ownNames struct {
	names []string
	words map[string]bool // made when it is asked
}

func namesOf(f *Unit) *ownNames {
	names := []string{strings.TrimSuffix(f.Name, ".service")}
	for _, c := range f.Exec {
		if c.Setting == "ExecStart" {
			names = append(names, path.Base(c.Path))
		}
	}
	return &ownNames{names: names}
}

// servers are words that any service may call itself by.
const servers = "http https grpc api web app server service listen listener bind admin metrics health tcp udp"

// has tells whether a word is one of the service's own.
func (own *ownNames) has(token string) bool {
	if own.words == nil {
		own.words = map[string]bool{}
		for _, name := range append([]string{servers}, own.names...) {
			for _, t := range tokens(name) {
				own.words[t] = true
			}
		}
	}
	return own.words[token]
}

func tokens(name string) []string {
	return strings.FieldsFunc(strings.ToUpper(name), func(r rune) bool { return !(r >= 'A' && r <= 'Z' || r >= '0' && r <= '9') })
}

// hasWord tells whether any of some words, in capitals, occurs in a name, in any case.
func hasWord(name string, words []string) bool {
	for _, word := range words {
		for i := 0; i+len(word) <= len(name); i++ {
			if name[i]&^0x20 == word[0] && strings.EqualFold(name[i:i+len(word)], word) {
				return true
			}
		}
	}
	return false
}

var (
	portWords = strings.Fields("LISTEN BIND PORT ADDR")
	hostWords = strings.Fields("HOST BIND ADDR LISTEN IP INTERFACE")
)

// declares reads a variable or option that says where the service listens: one about listening or binding, or one
// about a port or an address of its own and of nothing else. DB_PORT is that of another.
func declares(name, value string, own *ownNames) (Port, bool) {
	if !hasWord(name, portWords) || strings.ContainsAny(value, "$%") {
		return Port{}, false
	}
	ts := tokens(name)
	if len(ts) == 0 {
		return Port{}, false
	}
	last := ts[len(ts)-1]
	listens := slices.Contains(ts, "LISTEN") || slices.Contains(ts, "BIND")
	for _, t := range ts[:len(ts)-1] {
		if !own.has(t) {
			listens = listens && last != "PORT"
			if !listens {
				return Port{}, false
			}
		}
	}
	if i := strings.Index(value, "://"); i >= 0 {
		value = value[i+len("://"):]
	}
	value, _, _ = strings.Cut(value, ",")
	value, _, _ = strings.Cut(value, "/")
	host, number := "", value
	if i := strings.LastIndexByte(value, ':'); i >= 0 {
		host, number = strings.Trim(value[:i], "[]"), value[i+1:]
	} else if last != "PORT" {
		return Port{}, false
	}
	port, err := strconv.ParseUint(number, 10, 16)
	if err != nil || port == 0 || !listens && last != "PORT" && last != "ADDR" && last != "ADDRESS" {
		return Port{}, false
	}
	return endpoint(host, int(port)), true
}

// hostOf is the address of an option or variable that names one without a port: --host 127.0.0.1 beside --port 8080.
func hostOf(name, value string, own *ownNames) string {
	if !hasWord(name, hostWords) {
		return ""
	}
	ts := tokens(name)
	if len(ts) == 0 || !slices.Contains([]string{"HOST", "BIND", "ADDRESS", "ADDR", "LISTEN", "IP", "INTERFACE"}, ts[len(ts)-1]) {
		return ""
	}
	for _, t := range ts[:len(ts)-1] {
		if !own.has(t) {
			return ""
		}
	}
	if _, err := netip.ParseAddr(value); err != nil && strings.Contains(value, ":") {
		return "" // it has a port
	}
	return value
}
