package policies.image.sudo_test

import data.policies.image.sudo

test_sudo if {
	found := sudo.deny with input as {"files": {"escalators": [{"name": "/usr/bin/sudo"}]}}
	found == {{"at": ["files", "escalators", 0], "msg": "/usr/bin/sudo is in the image"}}
}
