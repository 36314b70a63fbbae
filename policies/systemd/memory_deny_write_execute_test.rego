package policies.systemd.memory_deny_write_execute_test

import data.policies.systemd.memory_deny_write_execute

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	memory_deny_write_execute.deny == {{
		"at": ["exposure", "badness", "MemoryDenyWriteExecute"],
		"msg": "a.service may run code that it wrote into memory: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"MemoryDenyWriteExecute": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(memory_deny_write_execute.deny) == 0 with input as unit({})
