package policies.dockerfile.recommended_packages_test

import data.policies.dockerfile.recommended_packages

install := {"manager": "apt", "program": "apt-get", "action": "install", "recommends": true, "packages": [{"name": "curl"}]}

findings(command) := found if {
	found := recommended_packages.deny with input as {"stages": [{"runs": [{"packages": []}, {"packages": [object.union(install, command)]}]}]}
}

messages(command) := {f.msg |
	some f in findings(command)
	f.at == ["stages", 0, "runs", 1, "packages", 0]
}

test_recommends if messages({}) == {"apt-get install brings recommended packages too"}

test_without if findings({"recommends": false}) == set()

test_nothing_named if findings({"packages": []}) == set()

test_zypper if findings({"manager": "zypper"}) == set()
