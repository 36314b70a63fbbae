package policies.dockerfile.useradd_sparse_test

import data.policies.dockerfile.useradd_sparse

account := {"program": "useradd", "name": "app", "id": 123456, "no_log_init": false, "run": 1, "command": 2}

findings(changes) := found if {
	found := useradd_sparse.deny with input as {"stages": [{"accounts": [object.union(account, changes)]}]}
}

test_large if {
	findings({}) == {{"at": ["stages", 0, "runs", 1, "commands", 2], "msg": "useradd of app with the id 123456 makes a large lastlog"}}
}

test_no_log_init if findings({"no_log_init": true}) == set()

test_small if findings({"id": 10001}) == set()

test_adduser if findings({"program": "adduser"}) == set()
