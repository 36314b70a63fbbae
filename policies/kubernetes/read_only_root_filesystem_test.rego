package policies.kubernetes.read_only_root_filesystem_test

import data.policies.kubernetes.read_only_root_filesystem

at := ["object", "spec", "containers", 0, "securityContext", "readOnlyRootFilesystem"]

container(ok) := {"name": "web", "read_only_root": {"ok": ok, "reason": "can write", "at": at}}

test_writable if {
	found := read_only_root_filesystem.deny with input as {"containers": [container(true), container(false)]}
	found == {{"at": at, "msg": "container \"web\" can write"}}
}

test_read_only if {
	found := read_only_root_filesystem.deny with input as {"containers": [container(true)]}
	count(found) == 0
}
