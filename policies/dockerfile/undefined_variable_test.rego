package policies.dockerfile.undefined_variable_test

import data.policies.dockerfile.undefined_variable

messages(reason, near) := {f.msg |
	some f in undefined_variable.deny with input as {
		"undefined": [{"name": "X", "stage": 0, "reason": reason, "near": near}],
		"stages": [{"contributes": true}],
	}
	f.at == ["undefined", 0]
}

test_global if messages("global", "") == {"the argument X is declared before the first FROM, but not in this stage"}

test_nowhere if messages("nowhere", "") == {"the variable X is defined nowhere"}

test_near if messages("near", "XY") == {"the variable X is defined nowhere; is it XY?"}

test_from if messages("from", "") == set()

test_not_built if {
	found := undefined_variable.deny with input as {
		"undefined": [{"name": "X", "stage": 0, "reason": "nowhere", "near": ""}],
		"stages": [{"contributes": false}],
	}
	found == set()
}
