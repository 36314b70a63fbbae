package policies.kubernetes.selinux_options_test

import data.policies.kubernetes.selinux_options

context(set, type, user, role) := {"name": "web", "security": {"selinux": {"set": set, "type": type, "user": user, "role": role}}}

found(pod, container) := {f.msg |
	some f in selinux_options.deny with input as {"pods": [pod], "containers": [container]}
		with data.parameters as {"kubernetes": {"selinux_options": {"types": ["container_t"]}}}
}

test_labels if {
	found(context(true, "spc_t", "", ""), context(true, "container_t", "u", "r")) == {
		"the pod has the SELinux type spc_t",
		`container "web" has the SELinux user u`,
		`container "web" has the SELinux role r`,
	}
}

test_allowed if count(found(context(false, "", "", ""), context(true, "", "", ""))) == 0
