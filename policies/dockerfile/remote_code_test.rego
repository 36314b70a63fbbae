package policies.dockerfile.remote_code_test

import data.policies.dockerfile.remote_code

fetch := {"program": "curl", "url": "https://example.com/x", "scheme": "https", "local": false, "use": "run", "verified": false}

messages(changes, contributes) := {f.msg |
	stage := {"contributes": contributes, "fetches": [object.union(fetch, changes)]}
	some f in remote_code.deny with input as {"stages": [stage]}
	f.at == ["stages", 0, "fetches", 0]
}

test_runs if messages({}, true) == {"what curl gets from https://example.com/x runs without a check"}

test_verified if messages({"verified": true}, true) == set()

test_local if messages({"local": true}, true) == set()

test_unpacked if messages({"use": "unpack"}, true) == set()

test_other_stage if messages({}, false) == set()
