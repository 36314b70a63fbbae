package policies.dockerfile.ssh_host_unchecked_test

import data.policies.dockerfile.ssh_host_unchecked

messages(check) := {f.msg |
	place := {"check": check, "name": "curl", "text": "-k", "instruction": "run"}
	some f in ssh_host_unchecked.deny with input as {"stages": [{"unchecked": []}, {"unchecked": [place]}]}
	f.at == ["stages", 1, "unchecked", 0]
}

test_unchecked if messages("host") == {"curl does not check host keys: -k"}

test_other if messages("other") == set()
