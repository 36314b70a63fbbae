package policies.lib.workload_test

import data.policies.lib.workload

tree := {"kubernetes": [
	{"template": false, "pods": [{"labels": {"app": "a", "tier": "back"}}, {"labels": {"app": "a"}}]},
	{"template": false, "pods": [{"labels": {"app": "b"}}]},
]}

places(labels, expressions) := found if {
	found := workload.selected({"everything": false, "labels": labels, "expressions": expressions}) with input as tree
}

expression(operator, values) := [{"key": "tier", "operator": operator, "values": values}]

test_selected if {
	places({"app": "a"}, []) == {[0, 0], [0, 1]}
	places({"app": "a", "tier": "back"}, []) == {[0, 0]}
	places({"app": "c"}, []) == set()
	places({"app": "a"}, expression("In", ["back", "front"])) == {[0, 0]}
	places({"app": "a"}, expression("NotIn", ["back"])) == {[0, 1]}
	places({}, expression("Exists", [])) == {[0, 0]}
	places({"app": "a"}, expression("DoesNotExist", [])) == {[0, 1]}
}

test_everything if {
	count(workload.selected({"everything": true})) == 3 with input as tree
}

test_near if {
	workload.near("a", "a")
	workload.near("", "a")
	workload.near("a", "")
	not workload.near("a", "b")
}

test_rendered if {
	not workload.rendered with input as tree
	workload.rendered with input as {"kubernetes": [{"template": true}]}
}
