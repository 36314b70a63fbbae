package policies.dockerfile.context_in_image_test

import data.policies.dockerfile.context_in_image

entry(name, kind, excluded) := {"name": name, "kind": kind, "excluded": excluded}

findings(whole, below, ignore, entries) := found if {
	stage := {"base_of_final": below, "copies": [{"whole": whole}]}
	found := context_in_image.deny with input as {"stages": [stage], "context": {"ignore": ignore, "entries": entries}}
}

some_entries := [entry(".git", "history", false), entry(".env", "environment", false), entry("target", "build", false)]

test_nothing_ignored if {
	msg := "the whole build context is copied, with .git, .env: there is no .dockerignore"
	findings(true, true, "", some_entries) == {{"at": ["stages", 0, "copies", 0], "msg": msg}}
}

test_not_excluded if {
	msg := "the whole build context is copied, with .git: .dockerignore does not exclude them"
	findings(true, true, ".dockerignore", [entry(".git", "history", false)]) == {{"at": ["stages", 0, "copies", 0], "msg": msg}}
}

test_excluded if count(findings(true, true, ".dockerignore", [entry(".git", "history", true)])) == 0

test_part if count(findings(false, true, "", some_entries)) == 0

test_builder if count(findings(true, false, "", some_entries)) == 0

test_output_of_builds if count(findings(true, true, "", [entry("target", "build", false)])) == 0
