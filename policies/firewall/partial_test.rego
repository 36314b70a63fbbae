package policies.firewall.partial_test

import data.policies.firewall.partial

found(scope, format, reasons) := count(rules) if {
	rules := partial.deny with input as {"scope": scope, "format": format, "partial": [{"reason": reason} | some reason in reasons]}
}

test_partial if {
	found("host", "nftables", ["no flush"]) == 1
	found("host", "script", ["x", "x", "y"]) == 2
	found("part", "script", ["x"]) == 1
}

test_whole if {
	found("host", "nftables", []) == 0
	found("part", "nftables", ["no flush"]) == 0
}
