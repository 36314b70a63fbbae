package policies.workflow.target_cpu_native_test

import data.policies.workflow.target_cpu_native

flags := {"name": "RUSTFLAGS", "value": "-C target-cpu=native"}

step := {"env": [], "exports": [], "cargo": []}

workflow(env, job_env, change) := {"env": env, "jobs": [{"env": job_env, "steps": [object.union(step, change)]}]}

findings(document) := found if found := target_cpu_native.deny with input as document

test_workflow if {
	findings(workflow([flags], [], {})) == {{"at": ["env", 0], "msg": "RUSTFLAGS asks for target-cpu=native"}}
}

test_job if {
	findings(workflow([], [flags], {})) == {{"at": ["jobs", 0, "env", 0], "msg": "RUSTFLAGS asks for target-cpu=native"}}
}

test_step if {
	findings(workflow([], [], {"env": [flags]})) == {{
		"at": ["jobs", 0, "steps", 0, "env", 0],
		"msg": "RUSTFLAGS asks for target-cpu=native",
	}}
}

test_export if {
	findings(workflow([], [], {"exports": [flags]})) == {{
		"at": ["jobs", 0, "steps", 0, "exports", 0],
		"msg": "RUSTFLAGS asks for target-cpu=native",
	}}
}

test_command if {
	findings(workflow([], [], {"cargo": [{"subcommand": "build", "rustflags": "-Ctarget-cpu=native"}]})) == {{
		"at": ["jobs", 0, "steps", 0, "cargo", 0],
		"msg": "cargo build compiles with target-cpu=native",
	}}
}

test_named_processor if {
	count(findings(workflow([{"name": "RUSTFLAGS", "value": "-C target-cpu=x86-64-v3"}], [], {}))) == 0
}
