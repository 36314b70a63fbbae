package policies.dockerfile.download_unverified_test

import data.policies.dockerfile.download_unverified

fetch := {"program": "curl", "url": "https://example.com/x", "scheme": "https", "local": false, "use": "run", "verified": false}

messages(changes, contributes) := {f.msg |
	stage := {"contributes": contributes, "fetches": [object.union(fetch, changes)]}
	some f in download_unverified.deny with input as {"stages": [stage]}
	f.at == ["stages", 0, "fetches", 0]
}

test_unpacked if messages({"use": "unpack"}, true) == {"nothing checks what curl gets from https://example.com/x (unpack)"}

test_installed if messages({"use": "install"}, true) == {"nothing checks what curl gets from https://example.com/x (install)"}

test_verified if messages({"use": "install", "verified": true}, true) == set()

test_plaintext if messages({"use": "install", "scheme": "http"}, true) == set()

test_local if messages({"use": "install", "local": true}, true) == set()

test_data if messages({"use": ""}, true) == set()

test_other_stage if messages({"use": "install"}, false) == set()
