package policies.sbom.vacuous_test

import data.policies.sbom.vacuous

counts := {"components": 0, "files": 0, "services": 0, "vulnerabilities": 0}

found(name, patch) := msgs if {
	deny := vacuous.deny with input as {"subject": {"name": name}, "counts": object.union(counts, patch)}
	msgs := {f.msg | some f in deny}
}

test_bad if {
	found("ledger", {}) == {"the SBOM of ledger lists no component"}
	found("", {}) == {"the SBOM of nothing in particular lists no component"}
}

test_good if {
	count(found("ledger", {"components": 1})) == 0
	count(found("ledger", {"files": 1})) == 0
	count(found("ledger", {"services": 1})) == 0
	count(found("ledger", {"vulnerabilities": 1})) == 0
}
