# METADATA
# title: Image is old
# description: >-
#   What was found since then in its packages is still in it. The date is that of the image itself; a
#   reproducible build, which has a date of long ago, cannot be judged by it.
# custom:
#   severity: medium
#   cwe: [1104]
#   equivalent:
#     - cis-docker:4.4
#   parameters:
#     max_age_days:
#       description: How old an image may be, in days; 0 is any age.
#       default: 365
#       stricter: lower
#   remediation: Build the image again, on a base image of today.
#   bad: |
#     [{"Id": "sha256:9f2c", "RepoTags": ["ledger:1.4.2"], "Architecture": "amd64", "Os": "linux", "Created": "2025-06-01T00:00:00Z", "Config": {"User": "10001"}}]
#   good: |
#     [{"Id": "sha256:9f2c", "RepoTags": ["ledger:1.4.2"], "Architecture": "amd64", "Os": "linux", "Created": "2026-09-01T00:00:00Z", "Config": {"User": "10001"}}]
package policies.image.too_old

deny contains {"at": ["created"], "msg": msg} if {
	limit := data.parameters.image.too_old.max_age_days
	limit > 0
	input.created > "1981-01-01"
	day := ((24 * 3600) * 1000) * 1000000
	days := floor((time.now_ns() - time.parse_rfc3339_ns(input.created)) / day)
	days > limit
	msg := sprintf("the image was made on %s, %d days ago; at most %v are allowed", [input.created, days, limit])
}
