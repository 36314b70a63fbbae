# METADATA
# title: Signature by no trusted key
# description: >-
#   Trusted keys are configured, and no signature of the receipt is by one of them: the receipt was
#   changed after it was signed, or somebody else signed it.
# custom:
#   severity: high
#   cwe: [347]
#   non_negotiable: true
#   remediation: Make the receipt again with sallyport run --key and the key whose public half is trusted.
#   bad: |
#     -- .sallyport/receipts/test.json --
#     {"payloadType": "application/vnd.in-toto+json",
#      "payload": "eyJfdHlwZSI6ICJodHRwczovL2luLXRvdG8uaW8vU3RhdGVtZW50L3YxIiwgInN1YmplY3QiOiBbeyJkaWdlc3QiOiB7ImdpdFRyZWUiOiAiNGI4MjVkYzY0MmNiNmViOWEwNjBlNTRiZjhkNjkyODhmYmVlNDkwNCJ9fV0sICJwcmVkaWNhdGVUeXBlIjogImh0dHBzOi8vaW4tdG90by5pby9hdHRlc3RhdGlvbi90ZXN0LXJlc3VsdC92MC4xIiwgInByZWRpY2F0ZSI6IHsicmVzdWx0IjogIlBBU1NFRCIsICJjb25maWd1cmF0aW9uIjogW10sICJwYXNzZWRUZXN0cyI6IFsidHJhbnNmZXJzIl19fQ==",
#      "signatures": [{"keyid": "", "sig": "CF8D82t4ooR61TvCIc3SBJpUREK3Jk25HbFImnNjX4Qn07TCxnkE04LOlq8+bk9D4TWwxJ3kSgeEOIYAPYzZBg=="}]}
#     -- trusted-keys/ci.pub --
#     -----BEGIN PUBLIC KEY-----
#     MCowBQYDK2VwAyEA4gOJwEjJndUlvSloVV+rtYUSfYat7Zx5+cRacdLXFpY=
#     -----END PUBLIC KEY-----
#   good: |
#     -- .sallyport/receipts/test.json --
#     {"payloadType": "application/vnd.in-toto+json",
#      "payload": "eyJfdHlwZSI6ICJodHRwczovL2luLXRvdG8uaW8vU3RhdGVtZW50L3YxIiwgInN1YmplY3QiOiBbeyJkaWdlc3QiOiB7ImdpdFRyZWUiOiAiNGI4MjVkYzY0MmNiNmViOWEwNjBlNTRiZjhkNjkyODhmYmVlNDkwNCJ9fV0sICJwcmVkaWNhdGVUeXBlIjogImh0dHBzOi8vaW4tdG90by5pby9hdHRlc3RhdGlvbi90ZXN0LXJlc3VsdC92MC4xIiwgInByZWRpY2F0ZSI6IHsicmVzdWx0IjogIlBBU1NFRCIsICJjb25maWd1cmF0aW9uIjogW10sICJwYXNzZWRUZXN0cyI6IFsidHJhbnNmZXJzIl19fQ==",
#      "signatures": [{"keyid": "", "sig": "Es5R+3s3Zl/V0o+JnbbBT7rNDfyQJaJACKnGHAYvUwybVMk7DYJYuo8SoMrNSueoLjYGg6XmVMa3YnEZXxntDw=="}]}
#     -- trusted-keys/ci.pub --
#     -----BEGIN PUBLIC KEY-----
#     MCowBQYDK2VwAyEA4gOJwEjJndUlvSloVV+rtYUSfYat7Zx5+cRacdLXFpY=
#     -----END PUBLIC KEY-----
package policies.receipt.bad_signature

deny contains {"at": ["signature"], "msg": msg} if {
	input.signature.signed
	not input.signature.verified
	input.signature.trusted > 0
	msg := sprintf("no signature is good by one of the %d trusted keys", [input.signature.trusted])
}
