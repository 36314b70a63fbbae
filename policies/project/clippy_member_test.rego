package policies.project.clippy_member_test

import data.policies.project.clippy_member

manifest(name) := {
	"path": sprintf("%s/Cargo.toml", [name]), "package": {"present": true, "fuzz": name == "fuzz", "name": name},
	"workspace": {"root": "Cargo.toml"},
}

report(names) := {"concern": "lints", "subject": {"kind": "workspace", "targets": [{"name": name} | some name in names]}}

findings(manifests, scans) := found if {
	found := clippy_member.deny with input as {"cargo_manifest": [manifest(m) | some m in manifests], "scan": scans}
}

test_missing if {
	findings(["api", "core"], [report(["api"])]) == {{
		"at": ["scan", 0, "subject", "targets"], "related": [["cargo_manifest", 1, "package", "name"]],
		"msg": "no report of a linter shows that core (core/Cargo.toml) was built",
	}}
}

test_several_reports if count(findings(["api", "core"], [report(["api"]), report(["core"])])) == 0

test_fuzz if count(findings(["api", "fuzz"], [report(["api"])])) == 0

test_other_workspace if count(findings(["api"], [report(["elsewhere"])])) == 0

test_other_report if {
	count(findings(["api"], [{"concern": "code", "subject": {"kind": "filesystem", "targets": []}}])) == 0
}
