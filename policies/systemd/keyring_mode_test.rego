package policies.systemd.keyring_mode_test

import data.policies.systemd.keyring_mode

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	keyring_mode.deny == {{
		"at": ["exposure", "badness", "KeyringMode"],
		"msg": "a.service shares keys of the kernel with others: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"KeyringMode": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(keyring_mode.deny) == 0 with input as unit({})
