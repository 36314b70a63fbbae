package policies.lib.filter_test

import data.policies.lib.filter

test_families if {
	filter.families([{"family": "ipv4"}, {"family": "x"}, {"family": "ipv6"}], [0, 2]) == "ipv4 and ipv6"
	count(filter.others("defaults", [0, 2])) == 1 with input as {"format": "ufw"}
	count(filter.others("defaults", [0, 2])) == 0 with input as {"format": "nftables"}
}

test_open_by_default if {
	facts := {"defaults": [{"hook": "input", "family": "ipv6", "verdict": "accepted", "interfaces": ["any"]}, {"hook": "input", "family": "ipv4", "verdict": "dropped"}]}
	filter.open_by_default("input", "ipv6") with input as facts
	not filter.open_by_default("input", "ipv4") with input as facts
	not filter.open_by_default("output", "ipv6") with input as facts
}

test_inner if {
	filter.inner(["docker0", "wg0"], ["docker*", "wg0"])
	not filter.inner(["docker0", "eth0"], ["docker*"])
	not filter.inner([], ["docker*"])
}

test_hits if filter.hits({"ports": [{"first": 20, "last": 23}]}, [22, 80]) == [22]

test_outside if {
	narrow := {"ipv4": 24, "ipv6": 48}
	wide := {"family": "ipv4", "widest_public": 0, "sources": ["0.0.0.0/0"]}
	filter.outside(wide, ["10.0.0.0/8"], narrow)
	not filter.outside({"family": "ipv4", "widest_public": -1, "sources": ["10.1.0.0/16"]}, ["10.0.0.0/8"], narrow)
	filter.outside({"family": "ipv4", "widest_public": -1, "sources": ["10.1.0.0/16"]}, ["10.2.0.0/16"], narrow)
	not filter.outside({"family": "ipv4", "widest_public": 28, "sources": ["203.0.113.0/28"]}, ["10.0.0.0/8"], narrow)
	not filter.outside({"family": "ipv4", "widest_public": 32, "sources": ["0.0.0.0/0"]}, ["10.0.0.0/8"], narrow) # 100 addresses
}

test_sources if {
	filter.sources({"anywhere": true}) == "anywhere"
	filter.sources({"anywhere": false, "sources": ["a", "b", "c", "d", "e"]}) == "a, b, c and 2 more"
	filter.sources({"anywhere": false, "sources": ["a", "b"]}) == "a, b"
}

test_reached if {
	opening := {"name": "tcp/15432", "ports": [{"first": 15432, "last": 15432}]}
	filter.reached(object.union(opening, {"to": ""}), [15432, 22]) == "15432"
	every to in ["172.17.0.2:5432", ":5432", "[fd00::2]:5432"] {
		filter.reached(object.union(opening, {"to": to}), [5432]) == "15432, translated to 5432"
	}
	every to in ["", "172.17.0.2", "fd00::5432", "10.0.0.1:80"] {
		not filter.reached(object.union(opening, {"to": to}), [5432])
	}
}
