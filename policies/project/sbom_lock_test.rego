package policies.project.sbom_lock_test

import data.policies.project.sbom_lock

found(crates) := deny if {
	deny := sbom_lock.deny with input as {
		"sbom": [{"subject": {"name": "ledger"}, "crates": [{"name": c[0], "version": c[1]} | some c in crates]}],
		"cargo_lock": [{
			"path": "Cargo.lock", "roots": [1],
			"packages": [{"name": "hyper", "version": "1.7.0"}, {"name": "ledger", "version": "1.4.2"}],
		}],
	}
}

test_bad if found([["ledger", "1.4.2"], ["hyper", "1.6.0"], ["h2", "0.4.0"]]) == {{
	"at": ["sbom", 0, "crates", 1], "msg": "2 crates of the SBOM are not in Cargo.lock: hyper 1.6.0, h2 0.4.0",
	"related": [["cargo_lock", 0], ["cargo_lock", 0, "packages", 0]],
}}

test_good if count(found([["ledger", "1.4.2"], ["hyper", "1.7.0"]])) == 0

test_no_lock if {
	deny := sbom_lock.deny with input as {"sbom": [{"subject": {"name": "ledger"}, "crates": [{"name": "a", "version": "1"}]}], "cargo_lock": []}
	count(deny) == 0
}
