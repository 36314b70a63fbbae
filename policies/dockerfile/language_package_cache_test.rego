package policies.dockerfile.language_package_cache_test

import data.policies.dockerfile.language_package_cache

install := {"manager": "pip", "program": "pip3", "action": "install", "subcommand": "install", "keeps_cache": true, "cache": "cache"}

messages(stage, run, command) := {f.msg |
	base := {"final": false, "base_of_final": false}
	runs := [object.union({"onbuild": false, "packages": [object.union(install, command)]}, run)]
	some f in language_package_cache.deny with input as {"stages": [object.union(object.union(base, stage), {"runs": runs})]}
	f.at == ["stages", 0, "runs", 0, "packages", 0]
}

kept := {"pip install leaves its cache in the layer"}

test_final if messages({"final": true}, {}, {}) == kept

test_base_of_final if messages({"base_of_final": true}, {}, {}) == kept

test_trigger if messages({}, {"onbuild": true}, {}) == kept

test_build_stage if messages({}, {}, {}) == set()

test_off if messages({"final": true}, {}, {"keeps_cache": false}) == set()

test_system if messages({"final": true}, {}, {"manager": "apt"}) == set()
