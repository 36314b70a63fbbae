package policies.dockerfile.maintainer_test

import data.policies.dockerfile.maintainer

test_maintainer if {
	found := maintainer.deny with input as {"stages": [{"maintainers": [{"name": "me"}]}]}
	found == {{"at": ["stages", 0, "maintainers", 0], "msg": "MAINTAINER me is deprecated"}}
}

test_none if {
	found := maintainer.deny with input as {"stages": [{"maintainers": []}]}
	found == set()
}
