package policies.systemd.namespace_mnt_test

import data.policies.systemd.namespace_mnt

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	namespace_mnt.deny == {{
		"at": ["exposure", "badness", "RestrictNamespaces_mnt"],
		"msg": "a.service may make mount namespaces: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"RestrictNamespaces_mnt": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(namespace_mnt.deny) == 0 with input as unit({})
