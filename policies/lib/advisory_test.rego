package policies.lib.advisory_test

import data.policies.lib.advisory

hit := {
	"package": "hyper", "version": "0.14.9", "advisory": "RUSTSEC-2030-0001", "title": "Mistake", "known": true,
	"source": "registry", "kind": "vulnerability", "severity": "high", "score": 7.5, "scope": "normal", "optional": false,
	"upgrade": "0.14.10", "patched": [">=0.14.10"], "aliases": ["CVE-2030-1"], "paths": ["app > hyper"],
	"requirements": [{"name": "hyper"}],
}

says(patch) := advisory.finding("hits", 3, object.union(hit, patch)).msg

test_finding if {
	f := advisory.finding("hits", 3, hit)
	f.at == ["audit", "hits", 3]
	f.related == [["audit", "hits", 3, "requirements", 0]]
	f.properties.aliases == "CVE-2030-1"
	f.msg == "hyper 0.14.9: RUSTSEC-2030-0001, high 7.5 (Mistake), normal dependency by app > hyper; upgrade to 0.14.10"
}

test_component if {
	f := advisory.component(3, hit)
	f.at == ["audit", "hits", 3]
	f.properties.package == "hyper"
	f.msg == "hyper 0.14.9: RUSTSEC-2030-0001, high 7.5 (Mistake); upgrade to 0.14.10"
}

test_rating if {
	contains(says({"score": 0}), "0001, high (Mistake)")
	contains(says({"score": 0, "severity": "unknown"}), "0001 (Mistake)")
}

test_doubt if contains(says({"known": false}), "cannot be told")

test_way if {
	contains(says({"optional": true}), "optional normal dependency")
	contains(says({"scope": "unknown"}), "a dependency by app")
	not contains(says({"paths": []}), "dependency")
}

test_solution if {
	endswith(says({"upgrade": ""}), "repaired in >=0.14.10")
	endswith(says({"upgrade": "", "patched": []}), "names no repaired version")
}

test_yanked if startswith(says({"advisory": "", "title": "taken back"}), "hyper 0.14.9: taken back, normal")
