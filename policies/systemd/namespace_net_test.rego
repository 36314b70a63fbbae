package policies.systemd.namespace_net_test

import data.policies.systemd.namespace_net

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	namespace_net.deny == {{
		"at": ["exposure", "badness", "RestrictNamespaces_net"],
		"msg": "a.service may make network namespaces: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"RestrictNamespaces_net": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(namespace_net.deny) == 0 with input as unit({})
