# Package policies.lib.filter reads the facts of packet filters.
package policies.lib.filter

# families names those of the answers at some places of a list: "ipv4 and ipv6".
families(list, places) := concat(" and ", [list[i].family | some i in places])

# others are the paths of all places but the first, where families have files of their own.
others(key, places) := [[key, i] |
	input.format in {"iptables", "ufw"}
	some i in array.slice(places, 1, count(places))
]

# open_by_default says that connections of a hook and family meet nothing that closes a port which no rule names, on interfaces
# that no rule names.
open_by_default(hook, family) if {
	some default_ in input.defaults
	default_.hook == hook
	default_.family == family
	default_.verdict in {"accepted", "unknown"}
	some name in default_.interfaces
	name in {"any", "other"}
}

# inner says that packets come by none but these interfaces; "br-*" is all that begin so.
inner(interfaces, patterns) if {
	count(interfaces) > 0
	every name in interfaces {
		some pattern in patterns
		like(name, pattern)
	}
}

like(name, pattern) if name == pattern

like(name, pattern) if {
	endswith(pattern, "*")
	startswith(name, trim_suffix(pattern, "*"))
}

# hits are those of some TCP ports that an opening has.
hits(o, ports) := [port |
	some port in ports
	some range in o.ports
	range.first <= port
	port <= range.last
]

# reached names those of some TCP ports that an opening leads to; where a translation leads to one of them, what it is called before too.
reached(o, ports) := concat(",", [sprintf("%d", [port]) | some port in hits(o, ports)]) if count(hits(o, ports)) > 0

reached(o, ports) := sprintf("%s, translated to %d", [split(o.name, "/")[1], port]) if {
	count(hits(o, ports)) == 0
	port := target(o)
	port in ports
}

# target is the port that a translation leads to: "10.0.0.5:80", ":80", "[2001:db8::5]:80".
target(o) := to_number(parts[1]) if {
	parts := split(o.to, ":")
	count(parts) == 2
}

target(o) := to_number(parts[1]) if {
	parts := split(o.to, "]:")
	count(parts) == 2
}

# outside says that connections come from a network that is none of these, and so large that nobody has chosen who is in it.
outside(o, networks, narrow) if {
	o.widest_public < narrow[o.family]
	some source in o.sources
	to_number(split(source, "/")[1]) < narrow[o.family]
	not inside(source, networks)
}

inside(source, networks) if {
	some network in networks
	net.cidr_contains(network, source)
}

# sources names where connections of an opening come from.
sources(o) := "anywhere" if o.anywhere

sources(o) := concat(", ", o.sources) if {
	not o.anywhere
	count(o.sources) <= 4
}

sources(o) := sprintf("%s and %d more", [concat(", ", array.slice(o.sources, 0, 3)), count(o.sources) - 3]) if {
	not o.anywhere
	count(o.sources) > 4
}
