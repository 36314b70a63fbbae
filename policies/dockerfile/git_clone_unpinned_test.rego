package policies.dockerfile.git_clone_unpinned_test

import data.policies.dockerfile.git_clone_unpinned

fetch := {"program": "curl", "url": "https://example.com/x", "scheme": "https", "local": false, "use": "run", "verified": false}

messages(changes, contributes) := {f.msg |
	stage := {"contributes": contributes, "fetches": [object.union(fetch, changes)]}
	some f in git_clone_unpinned.deny with input as {"stages": [stage]}
	f.at == ["stages", 0, "fetches", 0]
}

clone := {"program": "git", "use": "clone"}

test_clone if messages(clone, true) == {"git clones https://example.com/x without a tag or a commit"}

test_pinned if messages(object.union(clone, {"verified": true}), true) == set()

test_plaintext if messages(object.union(clone, {"scheme": "git"}), true) == set()

test_local if messages(object.union(clone, {"local": true}), true) == set()

test_download if messages({}, true) == set()

test_other_stage if messages(clone, false) == set()
