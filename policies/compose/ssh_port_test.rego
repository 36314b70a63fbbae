package policies.compose.ssh_port_test

import data.policies.compose.ssh_port

found(repository, first, last) := msgs if {
	services := [{"name": "web", "image": {"repository": repository}, "ports": [{"name": "2222:22", "target_first": first, "target_last": last}]}]
	msgs := {f.msg | some f in ssh_port.deny} with input as {"services": services}
}

test_ssh if {
	found("ledger", 22, 22) == {"service \"web\" publishes its SSH port: 2222:22"}
	count(found("ledger", 20, 25)) == 1
}

test_quiet if {
	count(found("gitea/gitea", 22, 22)) == 0
	count(found("ledger", 8022, 8022)) == 0
}
