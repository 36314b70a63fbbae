package policies.lib.advisory_test

import data.policies.lib.advisory

hit := {
	"package": "hyper", "version": "0.14.9", "advisory": "RUSTSEC-2030-0001", "title": "Mistake", "known": true,
	"source": "registry", "kind": "vulnerability", "severity": "high", "score": 7.5, "scope": "normal", "optional": false, "built": "yes",
	"upgrade": "0.14.10", "patched": [">=0.14.10"], "aliases": ["CVE-2030-1"], "paths": ["app > hyper"],
	"requirements": [{"name": "hyper"}], "file": "",
}

says(patch) := advisory.finding("hits", 3, object.union(hit, patch)).msg

test_finding if {
	f := advisory.finding("hits", 3, hit)
	f.at == ["audit", "hits", 3]
	f.related == [["audit", "hits", 3, "requirements", 0]]
	f.properties.aliases == "CVE-2030-1"
	f.msg == "hyper 0.14.9: RUSTSEC-2030-0001, high 7.5 (Mistake), normal dependency by app > hyper; upgrade to 0.14.10"
}

test_image if {
	f := advisory.image(3, hit, {"", "sha256:a", "sha256:b"})
	f.properties.subject == "sha256:a,sha256:b"
	f.properties["package"] == "hyper"
	f.at == ["audit", "hits", 3]
}

test_within if startswith(says({"file": "/usr/bin/app"}), "hyper 0.14.9 in /usr/bin/app: RUSTSEC")

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

test_idle if contains(says({"built": "no"}), "by app > hyper, not built by what cargo metadata resolved; upgrade")

test_solution if {
	endswith(says({"upgrade": ""}), "repaired in >=0.14.10")
	endswith(says({"upgrade": "", "patched": []}), "names no repaired version")
}

test_yanked if {
	startswith(says({"advisory": "", "title": "taken back"}), "hyper 0.14.9: taken back, normal")
	endswith(says({"kind": "yanked", "upgrade": "", "patched": []}), "; the index has no later version that was not")
}

test_stale if {
	advisory.stale({"updated": "2026-11-01T00:00:00Z"}, 7) == "the database of advisories changed last on 2026-11-01, 19 days ago; at most 7 are allowed" with time.now_ns as time.parse_rfc3339_ns("2026-11-20T12:00:00Z")
	not advisory.stale({"updated": "2026-11-14T00:00:00Z"}, 7) with time.now_ns as time.parse_rfc3339_ns("2026-11-20T12:00:00Z")
	startswith(advisory.stale({"updated": ""}, 7), "nothing tells")
}
