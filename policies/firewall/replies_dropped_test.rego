package policies.firewall.replies_dropped_test

import data.policies.firewall.replies_dropped

found(answer, hook) := {finding.msg | some finding in rules} if {
	rules := replies_dropped.deny with input as {
		"scope": "host", "format": "nftables",
		"replies": [{"hook": hook, "family": "ipv4", "to": "udp/53", "verdict": answer}],
	}
}

test_replies if {
	found("dropped", "input") == {"answers over ipv4 to this host's connections to udp/53 are dropped"}
	found("rejected", "output") == {"answers over ipv4 to connections to this host by udp/53 are rejected"}
	found("accepted", "input") == set()
}
