package policies.systemd.namespace_pid_test

import data.policies.systemd.namespace_pid

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	namespace_pid.deny == {{
		"at": ["exposure", "badness", "RestrictNamespaces_pid"],
		"msg": "a.service may make process namespaces: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"RestrictNamespaces_pid": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(namespace_pid.deny) == 0 with input as unit({})
