package policies.cargo_manifest.git_unpinned_test

import data.policies.cargo_manifest.git_unpinned

git := {
	"name": "codec", "source": "git", "git": "https://x.example/codec",
	"branch": "", "tag": "", "rev": "", "pinned": false, "inherited": false,
}

findings(change) := found if {
	found := git_unpinned.deny with input as {"dependencies": [object.union(git, change)]}
		with data.parameters.cargo_manifest.git_unpinned.spec as "rev"
}

allowing(spec, change) := found if {
	found := git_unpinned.deny with input as {"dependencies": [object.union(git, change)]}
		with data.parameters.cargo_manifest.git_unpinned.spec as spec
}

test_other_specs if {
	count(allowing("tag", {"tag": "v1"})) == 0
	count(allowing("tag", {"branch": "main"})) == 1
	count(allowing("branch", {"branch": "main"})) == 0
	count(allowing("branch", {})) == 1
	count(allowing("any", {})) == 0
}

test_default_branch if {
	findings({}) == {{"at": ["dependencies", 0], "msg": "codec follows the default branch of https://x.example/codec"}}
}

test_branch if {
	findings({"branch": "main"}) == {{
		"at": ["dependencies", 0],
		"msg": "codec follows the branch \"main\" of https://x.example/codec",
	}}
}

test_tag if {
	findings({"tag": "v1"}) == {{
		"at": ["dependencies", 0],
		"msg": "codec follows the tag \"v1\" of https://x.example/codec",
	}}
}

test_name_as_rev if {
	findings({"rev": "refs/pull/1/head"}) == {{
		"at": ["dependencies", 0],
		"msg": "codec follows \"refs/pull/1/head\", which is no commit, of https://x.example/codec",
	}}
}

test_commit if {
	count(findings({"rev": "0f3a0b1", "pinned": true})) == 0
}

test_inherited if {
	count(findings({"inherited": true})) == 0
}

test_registry if {
	count(findings({"source": "registry"})) == 0
}
