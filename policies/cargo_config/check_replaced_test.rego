package policies.cargo_config.check_replaced_test

import data.policies.cargo_config.check_replaced

build := {"rustc": "", "rustc_wrapper": "", "rustc_workspace_wrapper": ""}

found(patch, allowed) := msgs if {
	deny := check_replaced.deny with input as object.union({"aliases": [], "targets": [], "build": build}, patch)
		with data.parameters.cargo_config.check_replaced.allowed as allowed
	msgs := {f.msg | some f in deny}
}

test_alias if {
	found({"aliases": [{"name": "clippy", "words": ["version", "-v"]}]}, []) == {"cargo clippy runs \"version -v\""}
	count(found({"aliases": [{"name": "lint", "words": ["clippy"]}]}, [])) == 0
}

target(name, runner) := {"targets": [{"name": name, "runner": runner}]}

test_runner if {
	found(target("x86_64-unknown-linux-gnu", "true"), []) == {"tests for x86_64-unknown-linux-gnu are run by \"true\""}
	count(found(target("cfg(unix)", "ci/run.sh --quiet"), [])) == 1
	count(found(target("cfg(unix)", "ci/run.sh --quiet"), ["ci/run.sh"])) == 0
	count(found(target("cfg(unix)", "sudo -E"), [])) == 0
	count(found(target("thumbv7em-none-eabihf", "./flash.sh"), [])) == 0
	count(found(target("x86_64-unknown-linux-gnu", ""), [])) == 0
}

test_wrapper if {
	found({"build": {"rustc_wrapper": "./fake"}}, []) == {"the compiler is run by \"./fake\""}
	count(found({"build": {"rustc": "tools/rustc", "rustc_workspace_wrapper": "/bin/true"}}, [])) == 2
	count(found({"build": {"rustc_wrapper": "/usr/bin/sccache"}}, [])) == 0
}
