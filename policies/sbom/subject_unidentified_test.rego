package policies.sbom.subject_unidentified_test

import data.policies.sbom.subject_unidentified

found(name, image, digests) := msgs if {
	deny := subject_unidentified.deny with input as {"subject": {"name": name, "image": image, "digests": digests}}
	msgs := {f.msg | some f in deny}
}

test_bad if {
	found("", false, []) == {"the document does not name what it is about"}
	found("ledger:1", true, []) == {"the document is about the image ledger:1, and does not say by which digest"}
}

test_good if {
	count(found("ledger", false, [])) == 0
	count(found("ledger:1", true, ["sha256:a"])) == 0
}
