package policies.project.reference_missing_test

import data.policies.project.reference_missing

doc(kind, namespace, name, references) := {
	"kind": kind, "name": name, "namespace": namespace, "template": false, "patch": false,
	"references": [{"kind": "Service", "namespace": namespace, "name": n, "at": ["object"]} | some n in references],
}

found(documents) := count(deny) if deny := reference_missing.deny with input as {"kubernetes": documents}

test_missing if {
	found([doc("Service", "n", "a", []), doc("Ingress", "n", "i", ["b"])]) == 1
	found([doc("Service", "n", "a", []), doc("Ingress", "n", "i", ["a"])]) == 0
	found([doc("Service", "m", "a", []), doc("Ingress", "n", "i", ["b"])]) == 0
	found([doc("Service", "n", "a", []), doc("Service", "", "b", []), doc("Ingress", "n", "i", ["b"])]) == 0
	found([doc("Ingress", "n", "i", ["b"])]) == 0
}
