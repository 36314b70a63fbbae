package policies.dockerfile.package_unsigned_test

import data.policies.dockerfile.package_unsigned

messages(check) := {f.msg |
	place := {"check": check, "name": "curl", "text": "-k", "instruction": "run"}
	some f in package_unsigned.deny with input as {"stages": [{"unchecked": []}, {"unchecked": [place]}]}
	f.at == ["stages", 1, "unchecked", 0]
}

test_unchecked if messages("signature") == {"curl does not check signatures: -k"}

test_other if messages("other") == set()
