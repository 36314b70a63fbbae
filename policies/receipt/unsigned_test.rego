package policies.receipt.unsigned_test

import data.policies.receipt.unsigned

found(demanded, signature) := findings if {
	findings := unsigned.deny with input as {"signature": signature}
		with data.parameters.receipt.unsigned.signed as demanded
}

test_unsigned if {
	found(true, {"signed": false, "verified": false, "trusted": 1}) == {{"at": ["signature"], "msg": "the receipt is not signed"}}
}

test_no_key if {
	some finding in found(true, {"signed": true, "verified": false, "trusted": 0})
	endswith(finding.msg, "no trusted key is configured to hold it against")
}

test_signed if {
	count(found(true, {"signed": true, "verified": true, "trusted": 1})) == 0
	count(found(false, {"signed": false, "verified": false, "trusted": 1})) == 0

	# receipt/bad_signature speaks of it.
	count(found(true, {"signed": true, "verified": false, "trusted": 1})) == 0
}
