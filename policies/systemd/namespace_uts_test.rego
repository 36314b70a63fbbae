package policies.systemd.namespace_uts_test

import data.policies.systemd.namespace_uts

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	namespace_uts.deny == {{
		"at": ["exposure", "badness", "RestrictNamespaces_uts"],
		"msg": "a.service may make host name namespaces: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"RestrictNamespaces_uts": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(namespace_uts.deny) == 0 with input as unit({})
