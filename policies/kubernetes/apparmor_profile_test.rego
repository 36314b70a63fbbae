package policies.kubernetes.apparmor_profile_test

import data.policies.kubernetes.apparmor_profile

context(set, type) := {"name": "web", "annotations": {}, "security": {"apparmor": {"set": set, "type": type}}}

annotated(value) := object.union(context(false, ""), {"annotations": {"container.apparmor.security.beta.kubernetes.io/web": value, "other": "unconfined"}})

found(pod, container) := {f.at | some f in apparmor_profile.deny with input as {"pods": [pod], "containers": [container]}}

test_unconfined if {
	found(context(true, "Unconfined"), context(true, "")) == {["pods", 0, "security", "apparmor"], ["containers", 0, "security", "apparmor"]}
	found(annotated("unconfined"), context(false, "")) == {["pods", 0, "annotations", "container.apparmor.security.beta.kubernetes.io/web"]}
}

test_confined if {
	count(found(context(false, ""), context(true, "Localhost"))) == 0
	count(found(annotated("localhost/web"), context(true, "RuntimeDefault"))) == 0
	count(found(annotated(""), context(false, ""))) == 0
}
