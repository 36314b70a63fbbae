package policies.systemd.capability_ipc_lock_test

import data.policies.systemd.capability_ipc_lock

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	capability_ipc_lock.deny == {{
		"at": ["exposure", "badness", "CapabilityBoundingSet_CAP_IPC_LOCK"],
		"msg": "a.service may lock memory without limit: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"CapabilityBoundingSet_CAP_IPC_LOCK": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(capability_ipc_lock.deny) == 0 with input as unit({})
