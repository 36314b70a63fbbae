package policies.kubernetes.seccomp_missing_test

import data.policies.kubernetes.seccomp_missing

profile(type) := {"set": true, "type": type}

none := {"set": false, "type": ""}

found(pod, container, extra) := {f.at[0] |
	settings := object.union({"patch": false, "windows": false, "exact": false, "except_windows": true}, extra)
	some f in seccomp_missing.deny with input as {
		"patch": settings.patch,
		"pods": [{"windows": settings.windows, "security": {"seccomp": pod}}],
		"containers": [{"name": "web", "pod": 0, "security": {"seccomp": container}}],
	}
		with data.parameters as {"kubernetes": {"seccomp_missing": {"exact": settings.exact, "except_windows": settings.except_windows}}}
}

test_missing if {
	found(none, none, {}) == {"containers"}
	found(none, none, {"windows": true, "except_windows": false}) == {"containers"}
	found(profile("Unconfined"), none, {"exact": true}) == {"pods", "containers"}
	found(none, profile("Unconfined"), {"exact": true}) == {"containers"}
}

test_there if {
	count(found(profile("RuntimeDefault"), none, {})) == 0
	count(found(none, profile("Localhost"), {"exact": true})) == 0
	count(found(none, none, {"patch": true})) == 0
	count(found(none, none, {"windows": true})) == 0
	count(found(profile("Unconfined"), none, {})) == 0
}
