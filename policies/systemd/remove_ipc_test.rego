package policies.systemd.remove_ipc_test

import data.policies.systemd.remove_ipc

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	remove_ipc.deny == {{
		"at": ["exposure", "badness", "RemoveIPC"],
		"msg": "a.service leaves shared memory behind: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"RemoveIPC": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(remove_ipc.deny) == 0 with input as unit({})
