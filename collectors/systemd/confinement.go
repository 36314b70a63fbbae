package systemd

import (
	"maps"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Confinement is what the processes of a service keep of the kernel, after resets, "~", merges and what settings
// imply: systemd.exec(5) and systemd.resource-control(5). For other units it is empty.
type Confinement struct {
	// Capabilities is the bounding set: the capabilities that any process can have at all, "CAP_..." in order of names.
	Capabilities []string `json:"capabilities"`
	// Bounded is false where the bounding set is that of the manager: no setting takes anything away.
	Bounded bool `json:"bounded"`
	// Ambient are the capabilities that programs get without being root.
	Ambient []string `json:"ambient"`
	// SystemCalls is SystemCallFilter=.
	SystemCalls CallFilter `json:"system_calls"`
	// Families is RestrictAddressFamilies=.
	Families FamilyFilter `json:"families"`
	// Namespaces are the kinds of namespaces that processes may make: cgroup, ipc, mnt, net, pid, time, user, uts.
	Namespaces []string `json:"namespaces"`
	// Architectures is SystemCallArchitectures=; [] where all are allowed.
	Architectures []string `json:"architectures"`
	// AddressAllow and AddressDeny are IPAddressAllow= and IPAddressDeny=.
	AddressAllow []Network `json:"address_allow"`
	AddressDeny  []Network `json:"address_deny"`
	// BindAllow and BindDeny are SocketBindAllow= and SocketBindDeny=.
	BindAllow []Bind `json:"bind_allow"`
	BindDeny  []Bind `json:"bind_deny"`
}

// CallFilter is a filter of system calls.
type CallFilter struct {
	// Mode is "allow" where Calls are allowed and no others, "deny" where Calls are refused, and "" without a filter.
	Mode string `json:"mode"`
	// Calls are the names of the calls, groups expanded by the table of version 252, sorted.
	Calls []string `json:"calls"`
	// Errors are the errors that single calls return instead of what Action does: "EPERM", or "kill".
	Errors map[string]string `json:"errors"`
	// Action is what happens to other refused calls: "kill", or the error of SystemCallErrorNumber=.
	Action string `json:"action"`
}

// FamilyFilter is a filter of the address families of sockets.
type FamilyFilter struct {
	// Mode is "allow" where Names are allowed and no others, "deny" where they are refused, and "" without a filter.
	Mode string `json:"mode"`
	// Names are the families, "AF_..." and sorted.
	Names []string `json:"names"`
}

// Network is a range of addresses.
type Network struct {
	// Name is the range: "10.0.0.0/8".
	Name string `json:"name"`
	// Any is true for all addresses of IPv4 or of IPv6, and Loopback for addresses of the machine itself.
	Any      bool `json:"any"`
	Loopback bool `json:"loopback"`
}

// Bind is a rule for the ports that sockets may be bound to.
type Bind struct {
	// Name is the rule as set.
	Name string `json:"name"`
	// Family is "ipv4" or "ipv6", Protocol "tcp" or "udp"; "" for both.
	Family   string `json:"family"`
	Protocol string `json:"protocol"`
	// From and To are the ports, from 1 to 65535 for all.
	From int `json:"from"`
	To   int `json:"to"`
}

// confinement tells what the sandbox of a service leaves.
func (b *builder) confinement(n node, f *Unit) Confinement {
	c := Confinement{
		Capabilities: []string{}, Ambient: []string{}, SystemCalls: CallFilter{Calls: []string{}, Errors: map[string]string{}},
		Families: FamilyFilter{Names: []string{}}, Namespaces: []string{}, Architectures: []string{},
		AddressAllow: []Network{}, AddressDeny: []Network{}, BindAllow: []Bind{}, BindDeny: []Bind{},
	}
	if f.Type != "service" || f.Masked {
		return c
	}
	s := b.sandbox()
	if n.spans != nil {
		b.confinementPlaces(n)
	}
	c.Capabilities, c.Ambient = capabilityList(s.bounding), capabilityList(s.ambient)
	c.Bounded = len(c.Capabilities) < len(capabilityNames)
	c.SystemCalls = s.calls.facts()
	c.SystemCalls.Action = s.callAction()
	if s.familiesAllow || s.familiesSet {
		c.Families.Mode = filterMode(s.familiesAllow)
		for i, name := range familyNames {
			if s.families&(1<<i) != 0 {
				c.Families.Names = append(c.Families.Names, "AF_"+name)
			}
		}
		slices.Sort(c.Families.Names)
	}
	for _, name := range namespaceNames {
		if s.allows(name) {
			c.Namespaces = append(c.Namespaces, name)
		}
	}
	slices.Sort(c.Namespaces)
	for i, name := range architectureNames {
		if s.architectures&(1<<i) != 0 {
			c.Architectures = append(c.Architectures, name)
		}
	}
	slices.Sort(c.Architectures)
	c.AddressAllow, c.AddressDeny = networks(s.allowed), networks(s.denied)
	c.BindAllow, c.BindDeny = binds(s.all("SocketBindAllow")), binds(s.all("SocketBindDeny"))
	return c
}

// confinementPlaces notes the last assignment of each setting.
func (b *builder) confinementPlaces(n node) {
	for name, setting := range map[string]string{
		"capabilities": "CapabilityBoundingSet", "bounded": "CapabilityBoundingSet", "ambient": "AmbientCapabilities",
		"system_calls": "SystemCallFilter", "families": "RestrictAddressFamilies", "namespaces": "RestrictNamespaces",
		"architectures": "SystemCallArchitectures", "address_allow": "IPAddressAllow", "address_deny": "IPAddressDeny",
		"bind_allow": "SocketBindAllow", "bind_deny": "SocketBindDeny",
	} {
		n.key(name).at(b.unit.header("Service"))
		n.key(name).entry(latest(b.unit.all("Service", setting)))
	}
}

func filterMode(allow bool) string {
	if allow {
		return "allow"
	}
	return "deny"
}

// capabilitiesByName are the numbers of the capabilities, in the order of their names.
var capabilitiesByName = func() []int {
	numbers := make([]int, len(capabilityNames))
	for i := range numbers {
		numbers[i] = i
	}
	slices.SortFunc(numbers, func(a, b int) int { return strings.Compare(capabilityNames[a], capabilityNames[b]) })
	return numbers
}()

var capabilityTitles = func() []string {
	titles := make([]string, len(capabilityNames))
	for i, name := range capabilityNames {
		titles[i] = "CAP_" + name
	}
	return titles
}()

func capabilityList(set uint64) []string {
	list := make([]string, 0, len(capabilityNames))
	for _, i := range capabilitiesByName {
		if set&(1<<i) != 0 {
			list = append(list, capabilityTitles[i])
		}
	}
	return list
}

func (f *callFilter) facts() CallFilter {
	c := CallFilter{Calls: []string{}, Errors: map[string]string{}}
	if !f.set {
		return c
	}
	c.Mode, c.Calls = filterMode(f.allow), callNames(f.listed)
	maps.Copy(c.Errors, f.failing)
	return c
}

// named are lists of calls that were asked for: units of a machine have few different ones.
var named struct {
	mu    sync.Mutex
	lists map[callSet][]string
}

const maxNamed = 64

// callNames are the names of the calls of a set. The list is not to be changed: others have it too.
func callNames(set callSet) []string {
	named.mu.Lock()
	defer named.mu.Unlock()
	if list, ok := named.lists[set]; ok {
		return list
	}
	list := []string{}
	for i, name := range syscalls().names {
		if set.has(i) {
			list = append(list, name)
		}
	}
	if named.lists == nil {
		named.lists = map[callSet][]string{}
	}
	if len(named.lists) < maxNamed {
		named.lists[set] = list
	}
	return list
}

// callAction is SystemCallErrorNumber=, "kill" by default.
func (s *sandbox) callAction() string {
	action := "kill"
	for _, e := range s.all("SystemCallErrorNumber") {
		switch {
		case e.value == "" || e.value == "kill":
			action = "kill"
		case errorNumber(e.value) && e.value != "0":
			action = strings.ToUpper(e.value)
		}
	}
	return action
}

func networks(prefixes []netip.Prefix) []Network {
	list := make([]Network, len(prefixes))
	for i, p := range prefixes {
		list[i] = Network{Name: p.String(), Any: p.Bits() == 0, Loopback: p.Bits() > 0 && p.Addr().IsLoopback()}
	}
	return list
}

// binds are the rules of a list; an empty assignment starts over, and what is no rule is left out.
func binds(entries []*entry) []Bind {
	list := []Bind{}
	for _, e := range entries {
		if e.value == "" {
			list = list[:0]
		} else if rule, ok := bind(e.value); ok {
			list = append(list, rule)
		}
	}
	return list
}

// bind reads a rule: [ipv4:|ipv6:][tcp:|udp:][PORT|FROM-TO], or any.
func bind(value string) (Bind, bool) {
	rule := Bind{Name: value, From: 1, To: 65535}
	if value == "any" {
		return rule, true
	}
	parts := strings.Split(value, ":")
	if parts[0] == "ipv4" || parts[0] == "ipv6" {
		rule.Family, parts = parts[0], parts[1:]
	}
	if len(parts) > 0 && (parts[0] == "tcp" || parts[0] == "udp") {
		rule.Protocol, parts = parts[0], parts[1:]
	}
	if len(parts) == 0 {
		return rule, true
	}
	from, to, isRange := strings.Cut(parts[0], "-")
	if !isRange {
		to = from
	}
	low, err := strconv.ParseUint(from, 10, 16)
	high, err2 := strconv.ParseUint(to, 10, 16)
	rule.From, rule.To = int(low), int(high)
	return rule, err == nil && err2 == nil && low > 0 && low <= high && len(parts) == 1
}
