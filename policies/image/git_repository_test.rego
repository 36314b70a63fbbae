package policies.image.git_repository_test

import data.policies.image.git_repository

test_repository if {
	found := git_repository.deny with input as {"files": {"repositories": [{"name": "/app/.git", "layer": 0}]}}
	found == {{"at": ["files", "repositories", 0], "msg": "/app/.git is in the image, in layer 1"}}
}
