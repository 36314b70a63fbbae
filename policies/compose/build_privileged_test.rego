package policies.compose.build_privileged_test

import data.policies.compose.build_privileged

found(build) := msgs if {
	all := object.union({"privileged": {"on": false}, "entitlements": []}, build)
	msgs := {f.msg | some f in build_privileged.deny} with input as {"services": [{"name": "web", "build": all}]}
}

test_found if {
	found({"privileged": {"on": true}}) == {"service \"web\" is built with privileges"}
	found({"entitlements": [{"name": "security.insecure"}]}) == {"the build of service \"web\" may use security.insecure"}
}

test_quiet if {
	count(found({"entitlements": [{"name": "network.host"}]})) == 0
}
