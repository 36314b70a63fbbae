package policies.dockerfile.tls_unverified_test

import data.policies.dockerfile.tls_unverified

messages(check) := {f.msg |
	place := {"check": check, "name": "curl", "text": "-k", "instruction": "run"}
	some f in tls_unverified.deny with input as {"stages": [{"unchecked": []}, {"unchecked": [place]}]}
	f.at == ["stages", 1, "unchecked", 0]
}

test_unchecked if messages("certificate") == {"curl does not check certificates: -k"}

test_other if messages("other") == set()
