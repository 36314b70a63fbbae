package policies.sbom.shell_or_manager_test

import data.policies.sbom.shell_or_manager

found(shells, managers, allow) := msgs if {
	deny := shell_or_manager.deny with input as {"shells": shells, "managers": managers}
		with data.parameters.sbom.shell_or_manager.allow as allow
	msgs := {f.msg | some f in deny}
}

busybox := {"name": "busybox 1.36.1", "at": 3}

test_bad if {
	found([busybox], [], false) == {"the SBOM lists shells: busybox 1.36.1"}
	found([], [{"name": "apt 2.6", "at": 1}], false) == {"the SBOM lists package managers: apt 2.6"}
}

test_good if {
	count(found([busybox], [busybox], true)) == 0
	count(found([], [], false)) == 0
}
