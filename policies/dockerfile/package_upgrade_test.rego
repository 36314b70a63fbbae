package policies.dockerfile.package_upgrade_test

import data.policies.dockerfile.package_upgrade

install := {"manager": "apt", "program": "apt-get", "action": "upgrade", "subcommand": "upgrade", "packages": []}

findings(command) := found if {
	found := package_upgrade.deny with input as {"stages": [{"runs": [{"packages": []}, {"packages": [object.union(install, command)]}]}]}
}

messages(command) := {f.msg |
	some f in findings(command)
	f.at == ["stages", 0, "runs", 1, "packages", 0]
}

test_all if messages({}) == {"apt-get upgrade upgrades every package"}

test_named if findings({"packages": [{"name": "openssl"}]}) == set()

test_install if findings({"action": "install"}) == set()

test_language if findings({"manager": "npm"}) == set()
