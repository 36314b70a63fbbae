# METADATA
# title: Scan report is too old
# description: >-
#   A report tells what was known when it was made. Vulnerabilities are published every day, so an old
#   report says little about the service as it is deployed now.
# custom:
#   severity: high
#   cwe: [1395]
#   non_negotiable: true
#   parameters:
#     max_age_days:
#       description: How old a report with a date of its own may be, in days.
#       default: 7
#       stricter: lower
#     max_age_days_of:
#       description: >-
#         Other limits by what the scanner looks for: vulnerabilities, lints, secrets or code.
#       default: {}
#   remediation: Scan again and replace the report.
#   bad: |
#     {
#       "SchemaVersion": 2,
#       "Trivy": {"Version": "0.68.1"},
#       "CreatedAt": "2026-10-01T05:21:40Z",
#       "ArtifactName": "ledger:1.4.0",
#       "ArtifactType": "container_image",
#       "Results": [{"Target": "ledger:1.4.0 (debian 12.12)", "Class": "os-pkgs", "Type": "debian"}]
#     }
#   good: |
#     {
#       "SchemaVersion": 2,
#       "Trivy": {"Version": "0.68.1"},
#       "CreatedAt": "2026-11-19T05:21:40Z",
#       "ArtifactName": "ledger:1.4.0",
#       "ArtifactType": "container_image",
#       "Results": [{"Target": "ledger:1.4.0 (debian 12.12)", "Class": "os-pkgs", "Type": "debian"}]
#     }
package policies.scan.stale

deny contains {"at": ["created"], "msg": msg} if {
	input.created != ""
	age := time.now_ns() - time.parse_rfc3339_ns(input.created)
	limit := object.get(data.parameters.scan.stale.max_age_days_of, input.concern, data.parameters.scan.stale.max_age_days)
	age > ((limit * 24) * 3600) * 1000000000
	days := floor(age / ((24 * 3600) * 1000000000))
	msg := sprintf("the report of %s is %d days old; at most %v are allowed", [input.created, days, limit])
}
