# METADATA
# title: Image was made in the future
# description: >-
#   A clock that is wrong, or a date that was made up: neither the age of the image nor what it was built from
#   can be told from it.
# custom:
#   severity: medium
#   cwe: [1339]
#   remediation: Build the image again with the right time.
#   bad: |
#     [{"Id": "sha256:9f2c", "RepoTags": ["ledger:1.4.2"], "Architecture": "amd64", "Os": "linux", "Created": "2031-01-01T00:00:00Z", "Config": {"User": "10001"}}]
#   good: |
#     [{"Id": "sha256:9f2c", "RepoTags": ["ledger:1.4.2"], "Architecture": "amd64", "Os": "linux", "Created": "1970-01-01T00:00:00Z", "Config": {"User": "10001"}}]
package policies.image.created_in_future

deny contains {"at": ["created"], "msg": msg} if {
	input.created != ""
	time.parse_rfc3339_ns(input.created) > time.now_ns() + (((24 * 3600) * 1000) * 1000000)
	msg := sprintf("the image says that it was made on %s", [input.created])
}
