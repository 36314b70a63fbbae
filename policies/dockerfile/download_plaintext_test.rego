package policies.dockerfile.download_plaintext_test

import data.policies.dockerfile.download_plaintext

fetch := {"program": "curl", "url": "https://example.com/x", "scheme": "https", "local": false, "use": "run", "verified": false}

messages(changes, contributes) := {f.msg |
	stage := {"contributes": contributes, "fetches": [object.union(fetch, changes)]}
	some f in download_plaintext.deny with input as {"stages": [stage]}
	f.at == ["stages", 0, "fetches", 0]
}

plain := {"scheme": "http", "url": "http://example.com/x", "use": "unpack"}

test_unpacked if messages(plain, true) == {"http://example.com/x comes over http, and nothing checks it (unpack)"}

test_https if messages({"use": "unpack"}, true) == set()

test_data if messages(object.union(plain, {"use": ""}), true) == set()

test_verified if messages(object.union(plain, {"verified": true}), true) == set()

test_local if messages(object.union(plain, {"local": true}), true) == set()

test_other_stage if messages(plain, false) == set()
