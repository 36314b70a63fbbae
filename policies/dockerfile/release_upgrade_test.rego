package policies.dockerfile.release_upgrade_test

import data.policies.dockerfile.release_upgrade

install := {"manager": "zypper", "program": "zypper", "action": "release-upgrade", "subcommand": "dup"}

findings(command) := found if {
	found := release_upgrade.deny with input as {"stages": [{"runs": [{"packages": []}, {"packages": [object.union(install, command)]}]}]}
}

messages(command) := {f.msg |
	some f in findings(command)
	f.at == ["stages", 0, "runs", 1, "packages", 0]
}

test_release if messages({}) == {"zypper dup replaces the release of the base image"}

test_upgrade if findings({"action": "upgrade"}) == set()
