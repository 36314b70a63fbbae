package policies.project.compose_build_test

import data.policies.project.compose_build

dockerfile := {
	"path": "Dockerfile", "final": 0, "args": [{"name": "DEBIAN"}],
	"stages": [{"name": "run", "args": [{"name": "REVISION"}]}],
}

found(built) := msgs if {
	all := object.union({"known": true, "dockerfile": "Dockerfile", "target": "", "args": []}, built)
	services := [{"name": "web", "build": all}]
	msgs := {f.msg | some f in compose_build.deny} with input as {"compose": [{"services": services}], "dockerfile": [dockerfile]}
}

test_target if {
	found({"target": "prod"}) == {"service \"web\" builds the stage \"prod\", which Dockerfile does not have"}
}

test_argument if {
	found({"args": [{"name": "RUST"}]}) == {"service \"web\" passes the argument RUST, which Dockerfile does not declare"}
}

test_quiet if {
	count(found({"target": "RUN", "args": [{"name": "DEBIAN"}, {"name": "REVISION"}, {"name": "http_proxy"}]})) == 0
	count(found({"target": "0"})) == 0
	count(found({"target": "${TARGET}"})) == 0
	count(found({"known": false, "target": "prod"})) == 0
	count(found({"dockerfile": "other/Dockerfile", "target": "prod"})) == 0
}
