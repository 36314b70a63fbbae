package policies.project.scan_missing_test

import data.policies.project.scan_missing

none := {
	"cargo_lock": [], "cargo_manifest": [], "dockerfile": [], "kubernetes": [], "scan": [], "compose": [], "systemd": [], "image": [],
	"sbom": [], "firewall": [], "workflow": [], "receipt": [], "cargo_config": [], "rust_toolchain": [], "env_file": [],
}

findings(tools) := found if {
	found := scan_missing.deny with input as object.union(none, {"dockerfile": [{}], "scan": [{"tool": {"name": "trivy"}}]})
		with data.parameters.project.scan_missing.tools as tools
}

test_missing if findings(["trivy", "clippy"]) == {{"at": ["dockerfile", 0], "msg": "the tree holds no report of clippy"}}

test_there if count(findings(["trivy"])) == 0

test_anything if {
	every kind in ["compose", "systemd", "image", "sbom", "firewall", "workflow", "receipt", "cargo_config", "rust_toolchain", "env_file"] {
		found := scan_missing.deny with input as object.union(none, {kind: [{}]})
			with data.parameters.project.scan_missing.tools as ["clippy"]
		found == {{"at": [kind, 0], "msg": "the tree holds no report of clippy"}}
	}
}
