package policies.image.setuid_common_test

import data.policies.image.setuid_common

found(files) := found if {
	found := setuid_common.deny with input as {"files": {"setuid": files}}
}

test_common if {
	found([{"name": "/bin/su", "common": true}, {"name": "/opt/a", "common": false}]) == {{
		"at": ["files", "setuid"],
		"msg": "1 programs of the base image keep their setuid or setgid bit: /bin/su",
	}}
}

test_none if count(found([{"name": "/opt/a", "common": false}])) == 0
