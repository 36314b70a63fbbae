package policies.dockerfile.ignored_source_test

import data.policies.dockerfile.ignored_source

findings(sources) := found if {
	context := {"ignore": ".dockerignore", "patterns": [{"name": "docs"}, {"name": "target"}]}
	found := ignored_source.deny with input as {"context": context, "stages": [{"copies": [{"ignored": sources}]}]}
}

test_named if {
	msg := "./target is copied, and .dockerignore excludes it"
	findings(["./target"]) == {{"at": ["stages", 0, "copies", 0], "msg": msg, "related": [["context", "patterns", 1]]}}
}

test_below if {
	msg := "target/x is copied, and .dockerignore excludes it"
	findings(["target/x"]) == {{"at": ["stages", 0, "copies", 0], "msg": msg, "related": []}}
}

test_none if count(findings([])) == 0
