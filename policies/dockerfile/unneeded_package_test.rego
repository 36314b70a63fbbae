package policies.dockerfile.unneeded_package_test

import data.policies.dockerfile.unneeded_package

install := {"manager": "apt", "action": "install", "packages": [{"name": "vim"}, {"name": "curl"}]}

messages(stage, changes) := {f.msg |
	base := {
		"final": false, "base_of_final": false, "runs": [{"packages": [object.union(install, changes)]}],
		"entrypoint": {"argv": ["/usr/sbin/sshd"]}, "cmd": {"argv": []},
	}
	some f in unneeded_package.deny with input as {"stages": [object.union(base, stage)]}
	f.at == ["stages", 0, "runs", 0, "packages", 0]
}

test_final if messages({"final": true}, {}) == {"the image gets vim"}

test_base if messages({"base_of_final": true}, {}) == {"the image gets vim"}

test_build_stage if messages({}, {}) == set()

test_remove if messages({"final": true}, {"action": "remove"}) == set()

test_language if messages({"final": true}, {"manager": "pip"}) == set()

test_needed if messages({"final": true}, {"packages": [{"name": "curl"}]}) == set()

test_wanted if messages({"final": true}, {"packages": [{"name": "openssh-server"}]}) == set()
