package policies.dockerfile.stage_by_index_test

import data.policies.dockerfile.stage_by_index

found(reference) := f if {
	f := stage_by_index.deny with input as {"stages": [{"copies": [{"from": "0", "reference": reference}]}]}
}

test_index if found("index") == {{"at": ["stages", 0, "copies", 0], "msg": "COPY --from=0 names a stage by its number"}}

test_name if found("stage") == set()
