package policies.workflow.audit_may_fail_test

import data.policies.workflow.audit_may_fail

audit := {"subcommand": "audit", "may_fail": false, "args": []}

findings(job, step, command) := found if {
	found := audit_may_fail.deny with input as {"jobs": [{
		"may_fail": job,
		"steps": [{"may_fail": step, "uses": {"name": ""}, "cargo": [object.union(audit, command)]}],
	}]}
}

test_command if {
	findings(false, false, {"may_fail": true}) == {{
		"at": ["jobs", 0, "steps", 0, "cargo", 0],
		"msg": "a failure of cargo audit does not fail the workflow",
	}}
}

test_step if count(findings(false, true, {})) == 1

test_job if count(findings(true, false, {})) == 1

test_fails if count(findings(false, false, {})) == 0

test_report if {
	count(findings(true, false, {"args": ["--json"]})) == 0
	count(findings(true, false, {"args": ["--format", "json"]})) == 0
}

test_other_command if count(findings(true, true, {"subcommand": "fmt"})) == 0

test_action if {
	found := audit_may_fail.deny with input as {"jobs": [{
		"may_fail": false,
		"steps": [{"may_fail": true, "uses": {"name": "rustsec/audit-check"}, "cargo": []}],
	}]}
	found == {{
		"at": ["jobs", 0, "steps", 0, "uses"],
		"msg": "a failure of rustsec/audit-check does not fail the workflow",
	}}
}
