package policies.project.ignore_unused_test

import data.policies.project.ignore_unused

ignored := {"name": "RUSTSEC-2030-0001", "advisory": "RUSTSEC-2030-0001", "crate": "", "known": true, "aliases": ["CVE-2030-1"]}

crate := {"name": "time@0.1.1", "advisory": "", "crate": "time@0.1.1", "known": false, "aliases": []}

hit := {"advisory": "GHSA-1", "aliases": ["CVE-2030-1"], "package": "hyper", "version": "0.1.0"}

findings(entry, audit) := found if {
	full := object.union({"done": true, "indexed": true, "hits": [], "forks": []}, audit)
	found := ignore_unused.deny with input as {
		"cargo_policy": [{"ignored": [entry]}],
		"cargo_lock": [{"path": "Cargo.lock", "audit": full}],
	}
}

test_unused if {
	findings(ignored, {}) == {{
		"at": ["cargo_policy", 0, "ignored", 0],
		"msg": "RUSTSEC-2030-0001 is ignored, and no package of Cargo.lock is affected",
		"properties": {"advisory": "RUSTSEC-2030-0001"},
	}}
}

test_used if {
	count(findings(ignored, {"hits": [hit]})) == 0
	count(findings(ignored, {"forks": [hit]})) == 0
	count(findings(object.union(ignored, {"aliases": ["GHSA-1"]}), {"hits": [hit]})) == 0
}

test_no_database if count(findings(ignored, {"done": false})) == 0

test_unknown if count(findings(object.union(ignored, {"known": false}), {})) == 0

test_crate if {
	count(findings(crate, {})) == 1
	count(findings(crate, {"indexed": false})) == 0
	count(findings(crate, {"hits": [{"advisory": "", "aliases": [], "package": "time", "version": "0.1.1"}]})) == 0
}

test_no_lock if {
	found := ignore_unused.deny with input as {"cargo_policy": [{"ignored": [ignored]}], "cargo_lock": []}
	count(found) == 0
}
