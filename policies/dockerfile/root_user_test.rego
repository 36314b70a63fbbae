package policies.dockerfile.root_user_test

import data.policies.dockerfile.root_user

user := {"value": "root", "known": true, "root": true, "from": "this", "stage": 1, "reason": ""}

messages(final) := {f.msg |
	some f in root_user.deny with input as {"final": 1, "stages": [{"name": "build", "user": user}, {"name": "", "user": final}]}
	f.at == ["stages", 1, "user"]
}

test_this if messages(user) == {"the final stage runs as root: USER root"}

test_onbuild if {
	messages(object.union(user, {"from": "onbuild"})) == {"the final stage runs as root: an ONBUILD trigger of its base says USER root"}
}

test_stage if {
	messages(object.union(user, {"from": "stage", "stage": 0})) == {"the final stage runs as root: it inherits USER root from stage build"}
}

test_base if {
	messages(object.union(user, {"from": "base"})) == {"the final stage runs as root: it has no USER, and its base image has none either"}
}

test_unknown if {
	unknown := object.union(user, {"known": false, "root": false, "reason": "the build argument UID has no value"})
	messages(unknown) == {"the user of the final stage cannot be known: the build argument UID has no value"}
}

test_unprivileged if messages(object.union(user, {"root": false})) == set()
