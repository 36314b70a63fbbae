package policies.dockerfile.workdir_relative_test

import data.policies.dockerfile.workdir_relative

findings(adrift) := found if {
	found := workdir_relative.deny with input as {"stages": [{"workdirs": [{"text": "app", "adrift": adrift}]}]}
}

test_adrift if {
	findings(true) == {{"at": ["stages", 0, "workdirs", 0], "msg": "WORKDIR app is relative to the directory of the base image"}}
}

test_known if findings(false) == set()
