package policies.lib.tree_test

import data.policies.lib.tree

test_dir if {
	tree.dir("a/b/c.toml") == "a/b"
	tree.dir("c.toml") == ""
}

test_ancestors if {
	tree.ancestors("") == {""}
	tree.ancestors("a/b") == {"", "a", "a/b"}
}

test_nearest if {
	folders := {"": 0, "a": 1, "a/b/c": 2}
	tree.nearest(folders, "a/b") == "a"
	tree.nearest(folders, "a/b/c/d") == "a/b/c"
	tree.nearest(folders, "x") == ""
	not tree.nearest({"a": 1}, "ab")
}

test_common if {
	tree.common("a/b/x", "a/c/y") == 2
	tree.common("x", "a/y") == 1
}
