package policies.systemd.namespace_ipc_test

import data.policies.systemd.namespace_ipc

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	namespace_ipc.deny == {{
		"at": ["exposure", "badness", "RestrictNamespaces_ipc"],
		"msg": "a.service may make IPC namespaces: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"RestrictNamespaces_ipc": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(namespace_ipc.deny) == 0 with input as unit({})
