package policies.scan.system_unsupported_test

import data.policies.scan.system_unsupported

found(patch) := msgs if {
	deny := system_unsupported.deny with input as {"tool": {"name": "trivy"}, "subject": object.union({"system": "alpine 3.14.2", "unsupported": true}, patch)}
	msgs := {f.msg | some f in deny}
}

test_bad if {
	found({}) == {"alpine 3.14.2 is no longer maintained, as trivy says"}
	found({"system": ""}) == {"the system is no longer maintained, as trivy says"}
}

test_good if count(found({"unsupported": false})) == 0
