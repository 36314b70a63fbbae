package policies.firewall.forward_default_open_test

import data.policies.firewall.forward_default_open

found(hook, verdict, interface) := count(rules) if {
	rules := forward_default_open.deny with input as {"scope": "host", "defaults": [{"hook": hook, "family": "ipv4", "verdict": verdict, "interfaces": [interface]}]}
}

test_default if {
	found("forward", "accepted", "other") == 1
	found("forward", "dropped", "other") == 0
	found("input", "accepted", "other") == 0
	found("forward", "accepted", "docker0") == 0
}
