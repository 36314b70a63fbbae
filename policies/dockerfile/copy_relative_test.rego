package policies.dockerfile.copy_relative_test

import data.policies.dockerfile.copy_relative

found(adrift) := f if {
	f := copy_relative.deny with input as {"stages": [{"copies": [{"destination": "app.sh", "adrift": adrift}]}]}
}

test_adrift if {
	found(true) == {{"at": ["stages", 0, "copies", 0], "msg": "app.sh is relative to the directory of the base image"}}
}

test_known if found(false) == set()
