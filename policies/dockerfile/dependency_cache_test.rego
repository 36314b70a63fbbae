package policies.dockerfile.dependency_cache_test

import data.policies.dockerfile.dependency_cache

findings(contributes, applies, cached) := found if {
	caching := {"applies": applies, "cached": cached, "run": 1}
	found := dependency_cache.deny with input as {"stages": [{"contributes": contributes, "caching": caching}]}
}

test_nothing_kept if {
	msg := "the dependencies are built in the same step as the sources, and nothing keeps them"
	findings(true, true, false) == {{"at": ["stages", 0, "runs", 1], "msg": msg}}
}

test_cached if count(findings(true, true, true)) == 0

test_no_build if count(findings(true, false, false)) == 0

test_apart if count(findings(false, true, false)) == 0
