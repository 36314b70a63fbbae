package policies.lib.evidence_test

import data.policies.lib.evidence

test_properties if {
	evidence.properties({"tool": {"name": "grype"}, "subject": {"digests": []}}, {
		"id": "CVE-1", "aliases": ["A", "B"], "package": "p", "version": "1",
		"source": "", "kind": "vulnerability", "subject": "Cargo.lock",
	}) == {
		"advisory": "CVE-1", "aliases": "A,B", "package": "p", "version": "1",
		"source": "", "kind": "vulnerability", "subject": "Cargo.lock", "tools": "grype",
	}
}

test_subject if {
	evidence.subject({"subject": {"digests": []}}, {"subject": "Cargo.lock"}) == "Cargo.lock"
	evidence.subject({"subject": {"digests": ["sha256:1", "sha256:2"]}}, {"subject": "sha256:1"}) == "sha256:1,sha256:2"
}

test_source if {
	evidence.source(2, {"location": {"present": true}}) == [["results", 2, "location", "file"]]
	evidence.source(2, {"location": {"present": false}}) == []
}

test_place if {
	evidence.place(2, {"location": {"present": true}}) == [["results", 2, "location", "file"], [["results", 2]]]
	evidence.place(2, {"location": {"present": false}}) == [["results", 2], []]
}
