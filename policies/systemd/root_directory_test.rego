package policies.systemd.root_directory_test

import data.policies.systemd.root_directory

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	root_directory.deny == {{
		"at": ["exposure", "badness", "RootDirectoryOrRootImage"],
		"msg": "a.service runs in the hierarchy of the host: A= is not set",
	}} with input as unit({"RootDirectoryOrRootImage": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(root_directory.deny) == 0 with input as unit({})
