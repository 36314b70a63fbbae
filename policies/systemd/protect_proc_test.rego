package policies.systemd.protect_proc_test

import data.policies.systemd.protect_proc

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	protect_proc.deny == {{
		"at": ["exposure", "badness", "ProtectProc"],
		"msg": "a.service sees the processes of others: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"ProtectProc": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(protect_proc.deny) == 0 with input as unit({})
