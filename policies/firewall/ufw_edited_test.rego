package policies.firewall.ufw_edited_test

import data.policies.firewall.ufw_edited

test_edited if {
	messages := {f.msg | some f in ufw_edited.deny with input as {"beliefs": [{"name": "tcp/22", "family": "ipv4", "hook": "input", "shown": "accepted from 0.0.0.0/0", "loaded": ""}]}}
	messages == {"ufw shows that tcp/22 over ipv4 (input) is accepted from 0.0.0.0/0, and the rules say dropped"}
}

test_same if count(ufw_edited.deny) == 0 with input as {"beliefs": []}
