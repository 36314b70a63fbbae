package policies.dockerfile.context_unfiltered_test

import data.policies.dockerfile.context_unfiltered

entry(name, kind, excluded) := {"name": name, "kind": kind, "excluded": excluded}

findings(whole, below, ignore, entries) := found if {
	stage := {"base_of_final": below, "copies": [{"whole": whole}]}
	found := context_unfiltered.deny with input as {"stages": [stage], "context": {"ignore": ignore, "entries": entries}}
}

some_entries := [entry(".git", "history", false), entry("target", "build", false)]

test_builder if {
	msg := "the whole build context is copied, with .git, target: there is no .dockerignore"
	findings(true, false, "", some_entries) == {{"at": ["stages", 0, "copies", 0], "msg": msg}}
}

test_final if {
	msg := "the whole build context is copied, with target: .dockerignore does not exclude them"
	findings(true, true, ".dockerignore", some_entries) == {{"at": ["stages", 0, "copies", 0], "msg": msg}}
}

test_excluded if count(findings(true, false, ".dockerignore", [entry(".git", "history", true), entry("target", "build", true)])) == 0

test_part if count(findings(false, false, "", some_entries)) == 0
