package policies.scan.tool_outdated_test

import data.policies.scan.tool_outdated

findings(name, version) := found if {
	found := tool_outdated.deny with input as {"tool": {"name": name, "version": version}}
		with data.parameters.scan.tool_outdated.minimum as {"trivy": "0.50.0"}
}

test_old if {
	findings("trivy", "v0.35.0") == {{"at": ["tool", "version"], "msg": "the report is of trivy 0.35.0; at least 0.50.0 is wanted"}}
}

test_new if count(findings("trivy", "0.68.1")) == 0

test_not_known if {
	count(findings("trivy", "dev")) == 0
	count(findings("clippy", "0.1.0")) == 0
}
