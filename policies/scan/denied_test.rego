package policies.scan.denied_test

import data.policies.scan.denied

result := {"kind": "ban", "id": "banned", "level": "error", "title": "banned", "package": "openssl", "version": "0.10.60"}

findings(change) := found if found := denied.deny with input as {"results": [object.union(result, change)]}

test_banned if {
	findings({}) == {{"at": ["results", 0], "msg": "openssl 0.10.60 is refused: banned (banned)"}}
}

test_warning if count(findings({"level": "warning"})) == 0

test_other_kind if count(findings({"kind": "vulnerability"})) == 0
