package firewall

// Facts are what rules see of one packet filter: what new connections meet, whatever the rules say that lead to it.
type Facts struct {
	// Path is the file that the filter is configured in, the first of several.
	Path string `json:"path"`
	// Format is the notation: nftables, nftables_json, iptables, script, ufw, ufw_status, firewalld, network_policy, terraform or aws.
	Format string `json:"format"`
	// Files are all files that were read as this one filter.
	Files []string `json:"files"`
	// Subject is what is filtered: "host", "pods app=db", "security group web".
	Subject string `json:"subject"`
	// Scope is host, pods or group.
	Scope string `json:"scope"`
	// Addresses are those of the host, with the lengths of their prefixes, where sallyport.toml declares them: all that it has.
	Addresses []string `json:"addresses"`
	// Refused are the mistakes for which the filter, or the table or the line that they are in, would not be loaded; what is open then
	// is what was open before.
	Refused []Mistake `json:"refused"`
	// Partial says why the filter may hold more than the files tell.
	Partial []Doubt `json:"partial"`
	// Outside are the interfaces, named as in Opening.In, by which the filter masquerades: they lead to the Internet, and others do not.
	Outside []string `json:"outside"`
	// Defaults are what connections to a port meet that no rule names.
	Defaults []Default `json:"defaults"`
	// Openings are the connections that are not dropped: accepted, rejected, unknown.
	Openings []Opening `json:"openings"`
	// Differences are the ports that are open over one of IPv4 and IPv6 alone.
	Differences []Difference `json:"differences"`
	// Unknowns are the reasons for which openings are unknown.
	Unknowns []Doubt `json:"unknowns"`
	// Shadowed are the rules that no new connection reaches.
	Shadowed []Shadow `json:"shadowed"`
	// Unsearched are the chains of which Shadowed may lack rules: their rules lie over each other in too many ways.
	Unsearched []string `json:"unsearched"`
	// Beliefs are the ports for which what ufw shows is another than what it loads.
	Beliefs []Belief `json:"beliefs"`
	// Chains are the chains, base chains and others.
	Chains []Chain `json:"chains"`
	// Replies tells what the answers to connections meet that are let out and in, by hook and family, as far as there are some.
	Replies []Reply `json:"replies"`
	// Loopback tells what the host's connections to itself meet, and Spoofed what packets meet that come from outside with a
	// loopback source: accepted where one port takes them. By family.
	Loopback []Answer `json:"loopback"`
	Spoofed  []Answer `json:"spoofed"`
}

// A Mistake is why a filter would not be loaded.
type Mistake struct {
	// Message says what is wrong.
	Message string `json:"message"`
}

// A Doubt is why something cannot be told.
type Doubt struct {
	// Reason names the construct: "time of day".
	Reason string `json:"reason"`
}

// A Default is what a TCP or UDP connection meets to a port that no rule names.
type Default struct {
	// Name is hook and family: "input ipv4".
	Name string `json:"name"`
	// Hook is input, output or forward.
	Hook string `json:"hook"`
	// Family is ipv4 or ipv6.
	Family string `json:"family"`
	// Verdict is accepted, rejected, dropped or unknown: the most open one over all interfaces but lo that Interfaces names.
	Verdict string `json:"verdict"`
	// Interfaces are those that meet it; "other" stands for all that the filter does not name.
	Interfaces []string `json:"interfaces"`
	// Elsewhere is true where the filter treats other interfaces another way.
	Elsewhere bool `json:"elsewhere"`
}

// A Range is numbers from First to Last, both included.
type Range struct {
	First int `json:"first"`
	Last  int `json:"last"`
}

// An Opening is connections that meet the same.
type Opening struct {
	// Name says what it is: "tcp/22".
	Name string `json:"name"`
	// Hook is input, output or forward.
	Hook string `json:"hook"`
	// Family is ipv4 or ipv6.
	Family string `json:"family"`
	// Families are those in which the same rule opens the same to everybody: this one, and the other where it does. Repeated is
	// true where an opening before this one has said it of both.
	Families []string `json:"families"`
	Repeated bool     `json:"repeated"`
	// Verdict is accepted, rejected or unknown.
	Verdict string `json:"verdict"`
	// Protocols are names, such as tcp and udp; "other" stands for all that have none of them.
	Protocols []string `json:"protocols"`
	// Ports are the destination ports; [{0 65535}] is every port.
	Ports []Range `json:"ports"`
	// EveryPort is true where the ports are all that there are.
	EveryPort bool `json:"every_port"`
	// Sources are prefixes. Of more than 64 the smallest prefix around them stands.
	Sources []string `json:"sources"`
	// WidestPublic is the length of the shortest prefix of sources that the Internet routes; -1 where there is none.
	WidestPublic int `json:"widest_public"`
	// Anywhere is true where every address that the Internet routes is a source.
	Anywhere bool `json:"anywhere"`
	// Public is true where an address is a source that the Internet routes.
	Public bool `json:"public"`
	// Destinations are prefixes, as Sources.
	Destinations []string `json:"destinations"`
	// EveryDestination is true where no address of a host is left out.
	EveryDestination bool `json:"every_destination"`
	// SourcePorts are the ports that the client must use; empty where it may use any.
	SourcePorts []Range `json:"source_ports"`
	// In and Out are names of interfaces, "eth*" for a common beginning, and "other" for those that the filter does not name; ["any"] is every
	// interface but lo.
	In  []string `json:"in"`
	Out []string `json:"out"`
	// Inside is true where connections come by none but interfaces that do not lead to the Internet: the filter masquerades by others;
	// or where an unknown opening is none for a network card that the filter names.
	Inside bool `json:"inside"`
	// Limited is true where a limit decides how many come through.
	Limited bool `json:"limited"`
	// Via is direct, redirect (to a port of the host) or dnat (to another address).
	Via string `json:"via"`
	// To is where a translation leads: "10.0.0.5", "10.0.0.5:80" or ":8080"; "" for none.
	To string `json:"to"`
	// ByPolicy is true where no rule decides but what stands when all rules have been asked: a policy, or nothing at all.
	ByPolicy bool `json:"by_policy"`
	// Rule is the text of the rule that decides; "" where a policy does.
	Rule string `json:"rule"`
	// Chain is table and chain of what decides: "inet filter input"; "" where nothing filters.
	Chain string `json:"chain"`
	// Reasons are why it is unknown.
	Reasons []string `json:"reasons"`
	// Steps are what a connection meets on its way, in order.
	Steps []Step `json:"steps"`
}

// A Step is one thing that happens to a connection on its way.
type Step struct {
	// Chain is where.
	Chain string `json:"chain"`
	// Rule is the text of the rule; "" for a policy.
	Rule string `json:"rule"`
	// Did is what happened: "jump web", "accept".
	Did string `json:"did"`
}

// A Difference is ports that one family reaches and the other does not.
type Difference struct {
	// Name says what it is: "tcp/22".
	Name string `json:"name"`
	// Hook is input, output or forward.
	Hook string `json:"hook"`
	// Protocol is the protocol's name.
	Protocol string `json:"protocol"`
	// Family is the one that reaches them.
	Family string `json:"family"`
	// Ports are those ports.
	Ports []Range `json:"ports"`
}

// A Belief is ports of which the program that manages the filter shows another thing than what is loaded: somebody has edited a file.
type Belief struct {
	// Name says what it is: "tcp/22".
	Name string `json:"name"`
	// Hook is input, output or forward.
	Hook string `json:"hook"`
	// Family is ipv4 or ipv6.
	Family string `json:"family"`
	// Protocol is tcp or udp.
	Protocol string `json:"protocol"`
	// Ports are those ports.
	Ports []Range `json:"ports"`
	// Loaded is what connections to them meet, Shown what the program shows: "accepted from 10.0.0.0/8; rejected from anywhere",
	// "" where they are dropped.
	Loaded string `json:"loaded"`
	Shown  string `json:"shown"`
}

// A Shadow is a rule that no new connection reaches.
type Shadow struct {
	// Rule is its text.
	Rule string `json:"rule"`
	// Chain is where it stands.
	Chain string `json:"chain"`
	// Reason says why.
	Reason string `json:"reason"`
	// By is the text of the rule that takes what it would match; "" where no single one does.
	By string `json:"by"`
}

// A Chain is a list of rules.
type Chain struct {
	// Name is table and chain: "inet filter input".
	Name string `json:"name"`
	// Hook is where the kernel calls it; "" for a chain that rules jump to.
	Hook string `json:"hook"`
	// Type is filter, nat or route; "" for a chain that rules jump to.
	Type string `json:"type"`
	// Priority is its place among the chains of the hook.
	Priority int `json:"priority"`
	// Policy is accept or drop; "" for a chain that rules jump to.
	Policy string `json:"policy"`
	// Rules are how many rules it has.
	Rules int `json:"rules"`
}

// A Reply is what the answers to a connection meet that the filter lets through.
type Reply struct {
	// Hook is input, for the answers to the host's own connections, or output, for the host's answers.
	Hook string `json:"hook"`
	// Family is ipv4 or ipv6.
	Family string `json:"family"`
	// To is protocol and ports of the connection that is answered: "udp/53".
	To string `json:"to"`
	// Verdict is accepted, rejected, dropped or unknown.
	Verdict string `json:"verdict"`
}

// An Answer is a verdict of one family.
type Answer struct {
	// Family is ipv4 or ipv6.
	Family string `json:"family"`
	// Verdict is accepted, rejected, dropped or unknown.
	Verdict string `json:"verdict"`
}
