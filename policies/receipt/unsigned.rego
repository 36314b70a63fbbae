# METADATA
# title: Receipt that nobody vouches for
# description: >-
#   Signatures are demanded, and the receipt has none, or no key is trusted. Whoever can write a file
#   into the tree can write a receipt that passes.
# custom:
#   severity: high
#   cwe: [345, 347]
#   non_negotiable: true
#   parameters:
#     signed:
#       description: "Whether receipts must be signed; [evidence.receipt] signed and --require-signed receipt set it."
#       default: false
#       example: true
#   remediation: Sign with sallyport run --key in the job that holds the key, and name the public key in [evidence.receipt] keys of trusted configuration.
#   bad: |
#     -- .sallyport/receipts/test.json --
#     {"_type": "https://in-toto.io/Statement/v1",
#      "subject": [{"digest": {"gitTree": "4b825dc642cb6eb9a060e54bf8d69288fbee4904"}}],
#      "predicateType": "https://in-toto.io/attestation/test-result/v0.1",
#      "predicate": {"result": "PASSED", "configuration": [], "passedTests": ["transfers"]}}
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
package policies.receipt.unsigned

deny contains {"at": ["signature"], "msg": msg} if {
	data.parameters.receipt.unsigned.signed
	not input.signature.verified
	msg := reason
}

reason := "the receipt is not signed" if not input.signature.signed

reason := "the receipt is signed, and no trusted key is configured to hold it against" if {
	input.signature.signed
	input.signature.trusted == 0
}
