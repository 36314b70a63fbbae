package policies.receipt.bad_signature_test

import data.policies.receipt.bad_signature

found(signature) := findings if {
	findings := bad_signature.deny with input as {"signature": signature}
}

test_bad if {
	found({"signed": true, "verified": false, "trusted": 2}) == {{"at": ["signature"], "msg": "no signature is good by one of the 2 trusted keys"}}
}

test_good if {
	count(found({"signed": true, "verified": true, "trusted": 2})) == 0
	count(found({"signed": false, "verified": false, "trusted": 2})) == 0
	count(found({"signed": true, "verified": false, "trusted": 0})) == 0
}
