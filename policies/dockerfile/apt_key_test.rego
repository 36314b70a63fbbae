package policies.dockerfile.apt_key_test

import data.policies.dockerfile.apt_key

found(program, command, run) := messages if {
	runs := [object.union({"commands": [object.union({"program": program, "name": program}, command)], "mounts": [], "security": "sandbox"}, run)]
	stage := {"copies": [], "calls": {program: [{"run": 0, "command": 0}]}, "runs": runs}
	messages := {f.msg | some f in apt_key.deny with input as {"stages": [stage]}; f.at == ["stages", 0, "runs", 0, "commands", 0]}
}

test_add if found("apt-key", {"args": ["add", "-"]}, {}) == {"apt-key add trusts a key for every repository"}

test_list if found("apt-key", {"args": ["list"]}, {}) == set()

test_redirect if {
	to := [{"op": ">", "target": "/etc/apt/trusted.gpg.d/x.gpg"}]
	found("gpg", {"args": ["--dearmor"], "redirects": to}, {}) == {"the key in /etc/apt/trusted.gpg.d/x.gpg is trusted for every repository"}
}

test_output if {
	found("curl", {"args": ["--output=/etc/apt/trusted.gpg.d/x.asc"], "redirects": []}, {}) == {"the key in /etc/apt/trusted.gpg.d/x.asc is trusted for every repository"}
}

test_read if found("cat", {"args": ["/etc/apt/trusted.gpg"], "redirects": [{"op": ">", "target": "/x"}]}, {}) == set()

test_moved if found("mv", {"args": ["/etc/apt/trusted.gpg.d/x.gpg", "/k"], "redirects": []}, {}) == set()

test_keyrings if found("curl", {"args": ["-o", "/etc/apt/keyrings/x.asc"], "redirects": []}, {}) == set()

test_copy if {
	stage := {"calls": {}, "runs": [], "copies": [{"path": "/etc/apt/trusted.gpg.d/x.asc"}, {"path": "/etc/apt/keyrings/x.asc"}]}
	messages := {f.at | some f in apt_key.deny with input as {"stages": [stage]}}
	messages == {["stages", 0, "copies", 0]}
}
