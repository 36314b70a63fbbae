package policies.systemd.proc_subset_test

import data.policies.systemd.proc_subset

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	proc_subset.deny == {{
		"at": ["exposure", "badness", "ProcSubset"],
		"msg": "a.service sees all of /proc: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"ProcSubset": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(proc_subset.deny) == 0 with input as unit({})
