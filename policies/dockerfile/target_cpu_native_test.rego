package policies.dockerfile.target_cpu_native_test

import data.policies.dockerfile.target_cpu_native

native := {"name": "RUSTFLAGS", "value": "-C target-cpu=native", "known": true, "native": true}

unknown := {"name": "RUSTFLAGS", "value": "-C target-cpu=", "known": false, "native": false}

messages(flags, contributes) := {f.msg |
	some f in target_cpu_native.deny with input as {"stages": [{"rustflags": [flags], "contributes": contributes}]}
	f.at == ["stages", 0, "rustflags", 0]
}

test_native if messages(native, true) == {"RUSTFLAGS asks for target-cpu=native"}

test_unknown if {
	messages(unknown, true) == {"the target-cpu of RUSTFLAGS cannot be known: a variable in it has no value"}
}

test_other_flags if {
	messages({"name": "RUSTFLAGS", "value": "-C strip=symbols", "known": true, "native": false}, true) == set()
	messages({"name": "RUSTFLAGS", "value": "", "known": false, "native": false}, true) == set()
}

test_other_stage if messages(native, false) | messages(unknown, false) == set()
