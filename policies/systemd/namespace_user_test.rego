package policies.systemd.namespace_user_test

import data.policies.systemd.namespace_user

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	namespace_user.deny == {{
		"at": ["exposure", "badness", "RestrictNamespaces_user"],
		"msg": "a.service may make user namespaces: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"RestrictNamespaces_user": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(namespace_user.deny) == 0 with input as unit({})
