package policies.dockerfile.workdir_system_test

import data.policies.dockerfile.workdir_system

findings(path) := found if {
	found := workdir_system.deny with input as {"stages": [{"workdirs": [{"path": path}]}]}
}

test_system if {
	findings("/proc/self/fd/8") == {{"at": ["stages", 0, "workdirs", 0], "msg": "the working directory /proc/self/fd/8 is a part of /proc"}}
}

test_itself if count(findings("/sys")) == 1

test_own if findings("/develop") == set()
