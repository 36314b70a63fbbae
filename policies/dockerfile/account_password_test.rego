package policies.dockerfile.account_password_test

import data.policies.dockerfile.account_password

found(program, command, run) := messages if {
	runs := [object.union({"commands": [object.union({"program": program, "name": program}, command)], "mounts": [], "security": "sandbox"}, run)]
	stage := {"calls": {program: [{"run": 0, "command": 0}]}, "runs": runs}
	messages := {f.msg | some f in account_password.deny with input as {"stages": [stage]}; f.at == ["stages", 0, "runs", 0, "commands", 0]}
}

test_chpasswd if found("chpasswd", {"args": []}, {}) == {"chpasswd sets the passwords of accounts"}

test_delete if found("passwd", {"args": ["-d", "root"]}, {}) == {"passwd leaves an account without a password"}

test_usermod if found("usermod", {"args": ["-p", "$6$x", "app"]}, {}) == {"usermod sets the password of an account"}

test_locked if found("usermod", {"args": ["-p", "!", "app"]}, {}) | found("passwd", {"args": ["-l", "app"]}, {}) == set()
