package policies.dockerfile.install_prompts_test

import data.policies.dockerfile.install_prompts

install := {"manager": "apt", "program": "apt-get", "action": "install", "subcommand": "install", "assume_yes": false}

findings(command) := found if {
	found := install_prompts.deny with input as {"stages": [{"runs": [{"packages": []}, {"packages": [object.union(install, command)]}]}]}
}

messages(command) := {f.msg |
	some f in findings(command)
	f.at == ["stages", 0, "runs", 1, "packages", 0]
}

test_asks if messages({}) == {"apt-get install waits for an answer"}

test_yes if findings({"assume_yes": true}) == set()

test_never_asks if findings({"manager": "apk"}) == set()

test_changes_nothing if findings({"action": "refresh"}) == set()
