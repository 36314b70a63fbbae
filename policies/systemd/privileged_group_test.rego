package policies.systemd.privileged_group_test

import data.policies.systemd.privileged_group

unit(group, more, root) := {
	"name": "a.service", "service": true, "manager": "system",
	"identity": {"root": root, "group": group, "supplementary_groups": more},
}

test_group if {
	privileged_group.deny == {{
		"at": ["identity", "group"],
		"msg": "a.service is in the group docker, which runs containers as root",
	}} with input as unit("docker", [], false)
}

test_supplementary if {
	{f.at | some f in privileged_group.deny} == {["identity", "supplementary_groups", 1]} with input as unit("", ["adm", "disk"], false)
}

test_others if count(privileged_group.deny) == 0 with input as unit("ledger", ["adm", "ssl-cert"], false)

# Root needs no group.
test_root if count(privileged_group.deny) == 0 with input as unit("docker", [], true)
