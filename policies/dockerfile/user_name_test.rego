package policies.dockerfile.user_name_test

import data.policies.dockerfile.user_name

user := {"value": "app", "name": "app", "known": true, "numeric": false, "root": false, "from": "this"}

found(other) := f if {
	f := user_name.deny with input as {"final": 0, "stages": [{"user": object.union(user, other)}]}
}

test_name if found({}) == {{"at": ["stages", 0, "user"], "msg": "USER app is no number"}}

test_number if found({"numeric": true}) == set()

test_windows if found({"name": "ContainerUser"}) == set()

test_root if found({"root": true}) == set()

test_base if found({"from": "base"}) == set()

test_unknown if found({"known": false}) == set()
