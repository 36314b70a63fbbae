package policies.kubernetes.label_missing_test

import data.policies.kubernetes.label_missing

found(some_facts) := {f.at | some f in deny} if {
	facts := {"kind": "Pod", "name": "a", "labels": {}, "annotations": {}, "template": false, "patch": false, "owned": false}
	parameters := {"labels": ["team"], "annotations": ["mail"], "kinds": ["Pod"]}
	deny := label_missing.deny with input as object.union(facts, some_facts)
		with data.parameters as {"kubernetes": {"label_missing": parameters}}
}

test_missing if {
	found({}) == {["labels", "team"], ["annotations", "mail"]}
	found({"labels": {"team": "x"}}) == {["annotations", "mail"]}
	found({"kind": "Service"}) == set()
	found({"owned": true}) == set()
	found({"patch": true}) == set()
	found({"template": true}) == set()
}
