package policies.compose.selinux_disabled_test

import data.policies.compose.selinux_disabled

found(service) := msgs if {
	msgs := {f.msg | some f in selinux_disabled.deny} with input as {"services": [object.union({"name": "web"}, service)]}
}

test_found if {
	found({"security": {"label": {"disabled": true}}}) == {"service \"web\" is not separated by SELinux"}
}

test_quiet if {
	count(found({"security": {"label": {"disabled": false}}})) == 0
}
