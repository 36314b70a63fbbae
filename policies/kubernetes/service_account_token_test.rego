package policies.kubernetes.service_account_token_test

import data.policies.kubernetes.service_account_token

found(account, flag, patch, except) := {f.msg | some f in deny} if {
	deny := service_account_token.deny with input as {"patch": patch, "pods": [{"service_account": account, "automount_token": flag}]}
		with data.parameters as {"kubernetes": {"service_account_token": {"except_named": except}}}
}

unset := {"set": false, "value": false}

test_token if {
	found("", unset, false, true) == {"the pod gets the token of the account default"}
	found("default", {"set": true, "value": true}, false, true) != set()
	found("", {"set": true, "value": false}, false, true) == set()
	found("ledger", unset, false, true) == set()
	found("ledger", unset, false, false) == {"the pod gets the token of the account ledger"}
	found("", unset, true, true) == set()
}
