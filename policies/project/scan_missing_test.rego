package policies.project.scan_missing_test

import data.policies.project.scan_missing

findings(tools) := found if {
	found := scan_missing.deny with input as {"cargo_lock": [], "cargo_manifest": [], "dockerfile": [{}], "kubernetes": [], "scan": [{"tool": {"name": "trivy"}}]}
		with data.parameters.project.scan_missing.tools as tools
}

test_missing if findings(["trivy", "clippy"]) == {{"at": ["dockerfile", 0], "msg": "the tree holds no report of clippy"}}

test_there if count(findings(["trivy"])) == 0
