package ufw

import (
	"fmt"
	"strings"
)

// packaged is what the package installs for a file, as rules without comments; "" for others.
func packaged(name string) string {
	stage, ok := strings.CutSuffix(name, ".rules")
	if !ok {
		return ""
	}
	family := 4
	if bare, six := strings.CutSuffix(stage, "6"); six {
		stage, family = bare, 6
	}
	w := &writer{p: "ufw" + suffix(family) + "-"}
	switch stage {
	case "before":
		if family == 4 {
			w.before4()
		} else {
			w.before6()
		}
	case "after":
		w.after(family)
	case "user":
		w.chains("user-input", "user-output", "user-forward")
		if family == 4 {
			w.chains("user-limit", "user-limit-accept")
			w.rule("user-limit", "-j REJECT")
			w.rule("user-limit-accept", "-j ACCEPT")
		}
	default:
		return ""
	}
	return "*filter\n" + w.declared.String() + w.rules.String() + "COMMIT\n"
}

type writer struct {
	p               string // the beginning of the names of chains
	declared, rules strings.Builder
}

func (w *writer) chains(names ...string) {
	for _, n := range names {
		fmt.Fprintf(&w.declared, ":%s%s - [0:0]\n", w.p, n)
	}
}

func (w *writer) rule(chain, rest string) {
	fmt.Fprintf(&w.rules, "-A %s%s %s\n", w.p, chain, strings.ReplaceAll(rest, "PREFIX-", w.p))
}

func (w *writer) established() {
	for _, d := range directions {
		w.rule("before-"+d.chain, "-m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT")
	}
}

func (w *writer) loopback() {
	w.chains("before-input", "before-output", "before-forward")
	w.rule("before-input", "-i lo -j ACCEPT")
	w.rule("before-output", "-o lo -j ACCEPT")
}

func (w *writer) before4() {
	w.loopback()
	w.chains("not-local")
	w.established()
	w.rule("before-input", "-m conntrack --ctstate INVALID -j DROP")
	for _, chain := range []string{"before-input", "before-forward"} {
		for _, kind := range []int{3, 11, 12, 8} { // unreachable, time exceeded, parameter problem, echo request
			w.rule(chain, fmt.Sprintf("-p icmp --icmp-type %d -j ACCEPT", kind))
		}
	}
	w.rule("before-input", "-p udp --sport 67 --dport 68 -j ACCEPT") // DHCP's client
	w.rule("before-input", "-j PREFIX-not-local")
	for _, kind := range []string{"LOCAL", "MULTICAST", "BROADCAST"} {
		w.rule("not-local", "-m addrtype --dst-type "+kind+" -j RETURN")
	}
	w.rule("not-local", "-j DROP")
	w.rule("before-input", "-p udp -d 224.0.0.251 --dport 5353 -j ACCEPT")     // mDNS
	w.rule("before-input", "-p udp -d 239.255.255.250 --dport 1900 -j ACCEPT") // UPnP
}

// before6 lets pass what RFC 4890 wants of ICMPv6.
func (w *writer) before6() {
	w.loopback()
	for _, d := range []string{"input", "forward", "output"} {
		w.rule("before-"+d, "-m rt --rt-type 0 -j DROP")
	}
	w.established()
	icmp := func(chain, more string, kinds ...int) {
		for _, kind := range kinds {
			w.rule(chain, fmt.Sprintf("-p icmpv6 --icmpv6-type %d %s-j ACCEPT", kind, more))
		}
	}
	const link, near, neighbour = "-s fe80::/10 ", "-m hl --hl-eq 255 ", "-s fe80::/10 -m hl --hl-eq 1 "
	icmp("before-input", "", 129)
	w.rule("before-input", "-m conntrack --ctstate INVALID -j DROP")
	for _, chain := range []string{"before-input", "before-output"} {
		icmp(chain, "", 1, 2, 3, 4, 128)
		if chain == "before-output" {
			icmp(chain, "", 129)
		}
		icmp(chain, near, 133, 134, 135, 136, 141, 142)
		icmp(chain, link, 130, 131, 132, 143)
		icmp(chain, near, 148, 149)
		icmp(chain, neighbour, 151, 152, 153)
	}
	icmp("before-forward", "", 1, 2, 3, 4, 128, 129)
	icmp("before-input", "", 144, 145, 146, 147)
	w.rule("before-input", "-p udp -s fe80::/10 --sport 547 -d fe80::/10 --dport 546 -j ACCEPT") // DHCPv6's client
	w.rule("before-input", "-p udp -d ff02::fb --dport 5353 -j ACCEPT")                          // mDNS
	w.rule("before-input", "-p udp -d ff02::f --dport 1900 -j ACCEPT")                           // UPnP
}

// after sends what is noisy to the policy, past the log.
func (w *writer) after(family int) {
	w.chains("after-input", "after-output", "after-forward")
	ports := []string{"udp 137", "udp 138", "tcp 139", "tcp 445", "udp 67", "udp 68"}
	if family == 6 {
		ports = append(ports[:4], "udp 546", "udp 547")
	}
	for _, one := range ports {
		protocol, port, _ := strings.Cut(one, " ")
		w.rule("after-input", "-p "+protocol+" --dport "+port+" -j PREFIX-skip-to-policy-input")
	}
	if family == 4 {
		w.rule("after-input", "-m addrtype --dst-type BROADCAST -j PREFIX-skip-to-policy-input")
	}
}
