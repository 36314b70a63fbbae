package policies.kubernetes.seccomp_unconfined_test

import data.policies.kubernetes.seccomp_unconfined

context(set, type) := {"name": "web", "pod": 0, "annotations": {}, "security": {"seccomp": {"set": set, "type": type}}}

annotated(key, value) := object.union(context(false, ""), {"annotations": {key: value}})

found(pod, container, annotations) := {f.at |
	some f in seccomp_unconfined.deny with input as {"pods": [pod], "containers": [container]}
		with data.parameters as {"kubernetes": {"seccomp_unconfined": {"annotations": annotations}}}
}

test_unconfined if {
	found(context(true, "Unconfined"), context(true, ""), false) == {["pods", 0, "security", "seccomp"], ["containers", 0, "security", "seccomp"]}
}

test_confined if {
	count(found(context(false, ""), context(true, "Localhost"), false)) == 0
	count(found(context(true, "Unconfined"), context(false, ""), true)) == 0
}

test_annotations if {
	key := "container.seccomp.security.alpha.kubernetes.io/web"
	found(annotated(key, "unconfined"), context(false, ""), true) == {["pods", 0, "annotations", key]}
	count(found(annotated(key, "docker/default"), context(false, ""), true)) == 0
	count(found(annotated("seccomp.security.alpha.kubernetes.io/pod", "localhost/x"), context(false, ""), true)) == 0
	count(found(annotated(key, "unconfined"), context(false, ""), false)) == 0
}
