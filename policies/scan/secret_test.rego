package policies.scan.secret_test

import data.policies.scan.secret

result := {"kind": "secret", "id": "aws-access-key-id", "title": "AWS Access Key ID", "target": "/app/.env", "location": {"present": false}}

findings(results) := found if found := secret.deny with input as {"results": results}

test_secret if {
	findings([result]) == {{"at": ["results", 0], "msg": "/app/.env holds a secret: AWS Access Key ID (aws-access-key-id)", "related": []}}
}

test_other_kind if count(findings([object.union(result, {"kind": "license"})])) == 0
