package policies.lib.built_test

import data.policies.lib.built

dockerfile(path, file) := {
	"path": path, "final": 1,
	"stages": [{"name": "debug"}, {"name": "", "program": {"file": file}}],
}

service(image, target) := {"image": {"name": image}, "build": {"known": true, "dockerfile": "a/Dockerfile", "target": target}}

found(image, dockerfiles, services) := place if {
	place := built.stage(image) with input as {"dockerfile": dockerfiles, "compose": [{"services": services}]}
}

two := [dockerfile("Dockerfile", "/bin/ledger"), dockerfile("a/Dockerfile", "/bin/other")]

test_service if {
	found("ghcr.io/acme/ledger:1@sha256:11", two, [service("ghcr.io/acme/ledger", "")]) == ["dockerfile", 1, "stages", 1]
	found("localhost:5000/ledger:1", two, [service("localhost:5000/ledger:2", "Debug")]) == ["dockerfile", 1, "stages", 0]
}

test_only_one_packs if {
	found("ghcr.io/acme/ledger:1", [two[0]], []) == ["dockerfile", 0, "stages", 1]
	not found("ghcr.io/acme/proxy:1", [two[0]], [])
	found("ghcr.io/acme/other:1", two, []) == ["dockerfile", 1, "stages", 1]
	not found("ghcr.io/acme/ledger:1", [two[0], dockerfile("b/Dockerfile", "/app/ledger")], [])
	not found("ghcr.io/acme/", [dockerfile("Dockerfile", "")], [])
}
