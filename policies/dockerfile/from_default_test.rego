package policies.dockerfile.from_default_test

import data.policies.dockerfile.from_default

found(name, flag) := f if {
	f := from_default.deny with input as {"stages": [{"base": {"name": name, "bad_default": flag}}]}
}

test_no_default if {
	found("debian:$V", true) == {{"at": ["stages", 0, "base"], "msg": "debian:$V names no image where no build argument is given"}}
}

test_invalid if found("Debian", true) == {{"at": ["stages", 0, "base"], "msg": "Debian is no name of an image"}}

test_default if found("debian:$V", false) == set()
