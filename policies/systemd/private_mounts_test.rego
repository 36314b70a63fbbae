package policies.systemd.private_mounts_test

import data.policies.systemd.private_mounts

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	private_mounts.deny == {{
		"at": ["exposure", "badness", "PrivateMounts"],
		"msg": "a.service shares its mounts with the machine: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"PrivateMounts": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(private_mounts.deny) == 0 with input as unit({})
