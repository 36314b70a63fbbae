package policies.project.sbom_incomplete_test

import data.policies.project.sbom_incomplete

found(crates, patch) := deny if {
	deny := sbom_incomplete.deny with input as {
		"sbom": [{"subject": object.union({"name": "ledger", "image": false, "type": "application"}, patch), "crates": [{"name": c, "version": "1"} | some c in crates]}],
		"cargo_lock": [{"path": "Cargo.lock", "count": 3, "roots": [1], "packages": [
			{"name": "hyper", "version": "1.7.0", "kind": "registry"},
			{"name": "ledger", "version": "1.4.2", "kind": "path"},
			{"name": "h2", "version": "0.4.0", "kind": "git"},
		]}],
	}
}

test_bad if found(["hyper"], {}) == {{
	"at": ["sbom", 0, "crates"], "msg": "1 of 3 packages of Cargo.lock are not in the SBOM: h2 0.4.0",
	"related": [["cargo_lock", 0, "packages", 2]],
}}

test_good if {
	count(found(["hyper", "h2"], {})) == 0
	count(found(["hyper"], {"image": true})) == 0
	count(found(["hyper"], {"type": "file"})) == 0
}

test_no_lock if {
	deny := sbom_incomplete.deny with input as {"sbom": [], "cargo_lock": []}
	count(deny) == 0
}
