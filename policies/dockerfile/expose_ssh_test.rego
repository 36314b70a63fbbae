package policies.dockerfile.expose_ssh_test

import data.policies.dockerfile.expose_ssh

port := {"name": "22", "known": true, "first": 22, "last": 22, "protocol": "tcp"}

found(other) := f if {
	f := expose_ssh.deny with input as {"stages": [{"expose": [object.union(port, other)]}]}
}

test_ssh if found({}) == {{"at": ["stages", 0, "expose", 0], "msg": "EXPOSE 22 opens the port of SSH"}}

test_range if count(found({"first": 20})) == 1

test_above if found({"first": 23, "last": 30}) == set()

test_below if found({"first": 1, "last": 21}) == set()

test_udp if found({"protocol": "udp"}) == set()

test_unknown if found({"known": false}) == set()
