package policies.lib.sbom_test

import data.policies.lib.sbom

lock := {"packages": [{"name": "ledger", "version": "1.4.2"}, {"name": "hyper", "version": "1.6.0"}, {"name": "tokio", "version": "1.48.0"}], "roots": [0]}

bill(subject, crates) := {"subject": {"name": subject}, "crates": [{"name": c[0], "version": c[1]} | some c in crates]}

test_subject if sbom.about(bill("ledger", [["h2", "0.4.0"]]), lock, [lock, lock])

test_member if sbom.about(bill("image", [["h2", "0.4.0"], ["ledger", "1.4.2"]]), lock, [lock, lock])

test_only_lock if {
	sbom.about(bill("image", [["hyper", "1.6.0"], ["tokio", "1.48.0"], ["h2", "0.4.0"]]), lock, [lock])
	not sbom.about(bill("image", [["hyper", "1.6.0"]]), lock, [lock, lock])
}

test_another if {
	not sbom.about(bill("other", [["hyper", "1.5.0"], ["h2", "0.4.0"]]), lock, [lock])
	not sbom.about(bill("ledger", []), lock, [lock])
}
