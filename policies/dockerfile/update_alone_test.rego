package policies.dockerfile.update_alone_test

import data.policies.dockerfile.update_alone

refresh := {"manager": "apt", "program": "apt-get", "action": "refresh", "subcommand": "update", "command": 0, "keeps_cache": true}

findings(first, others, commands) := found if {
	runs := [{"packages": array.concat([object.union(refresh, first)], others), "commands": array.concat([{"name": "apt-get", "program": "apt-get"}], commands)}]
	found := update_alone.deny with input as {"stages": [{"runs": runs}]}
}

alone := {{"at": ["stages", 0, "runs", 0, "packages", 0], "msg": "apt-get update stands alone: its result is cached as a layer"}}

test_alone if findings({}, [], []) == alone

test_other_manager if findings({}, [{"command": 1, "manager": "pip", "action": "install"}], [{"name": "pip", "program": "pip"}]) == alone

test_before if findings({"command": 1}, [{"command": 0, "manager": "apt", "action": "install"}], []) == alone

test_clean if findings({}, [{"command": 1, "manager": "apt", "action": "clean"}], []) == alone

test_used if findings({}, [{"command": 1, "manager": "apt", "action": "install"}], []) == set()

test_script if findings({}, [], [{"name": "./setup.sh", "program": "setup.sh"}]) == set()

test_shell if findings({}, [], [{"name": "bash", "program": "bash"}]) == set()

test_not_kept if findings({"keeps_cache": false}, [], []) == set()

test_install if findings({"action": "install"}, [], []) == set()
