package policies.image.dist_upgrade_test

import data.policies.image.dist_upgrade

test_upgrade if {
	commands := [{"name": "apt-get", "args": ["-y", "dist-upgrade"]}, {"name": "echo", "args": ["dist-upgrade"]}]
	found := dist_upgrade.deny with input as {"history": [{"commands": commands}]}
	found == {{"at": ["history", 0], "msg": "step 1 of the history runs apt-get dist-upgrade"}}
}
