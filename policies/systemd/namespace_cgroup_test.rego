package policies.systemd.namespace_cgroup_test

import data.policies.systemd.namespace_cgroup

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	namespace_cgroup.deny == {{
		"at": ["exposure", "badness", "RestrictNamespaces_cgroup"],
		"msg": "a.service may make control group namespaces: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"RestrictNamespaces_cgroup": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(namespace_cgroup.deny) == 0 with input as unit({})
