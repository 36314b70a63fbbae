package policies.dockerfile.expose_privileged_test

import data.policies.dockerfile.expose_privileged

stage(root, port, calls) := {
	"user": {"known": true, "root": root, "name": "app"}, "calls": calls,
	"expose": [{"first": port, "name": sprintf("%d/tcp", [port])}],
}

findings(s) := found if {
	found := expose_privileged.deny with input as {"final": 0, "stages": [s]}
}

test_low if {
	findings(stage(false, 80, {})) == {{"at": ["stages", 0, "expose", 0], "msg": "the image runs as app and exposes 80/tcp"}}
}

test_high if count(findings(stage(false, 8080, {}))) == 0

test_unknown if count(findings(stage(false, 0, {}))) == 0

test_root if count(findings(stage(true, 80, {}))) == 0

test_capability if count(findings(stage(false, 80, {"setcap": [{"run": 0, "command": 0}]}))) == 0
