# METADATA
# title: Scanner found a misconfiguration
# description: >-
#   Trivy judged a configuration file and found a setting that it rates as dangerous. Its checks see
#   some files that no collector here reads, such as Terraform.
# related_resources:
#   - https://trivy.dev/docs/latest/scanner/misconfiguration/
# custom:
#   severity: high
#   cwe: [16]
#   equivalent: [trivy:misconfiguration]
#   parameters:
#     severity:
#       description: "The lowest rating that counts: low, medium, high or critical."
#       default: high
#   remediation: Change the setting as the check asks, and scan again.
#   bad: |
#     {
#       "SchemaVersion": 2,
#       "Trivy": {"Version": "0.68.1"},
#       "CreatedAt": "2026-11-19T05:21:40Z",
#       "ArtifactName": "ledger:1.4.0",
#       "ArtifactType": "container_image",
#       "Results": [
#         {"Target": "Dockerfile", "Class": "config", "Type": "dockerfile", "Misconfigurations": [
#           {"Type": "Dockerfile Security Check", "ID": "DS-0002", "Title": "Image user should not be 'root'", "Severity": "HIGH", "Status": "FAIL"}
#         ]}
#       ]
#     }
#   good: |
#     {
#       "SchemaVersion": 2,
#       "Trivy": {"Version": "0.68.1"},
#       "CreatedAt": "2026-11-19T05:21:40Z",
#       "ArtifactName": "ledger:1.4.0",
#       "ArtifactType": "container_image",
#       "Results": [
#         {"Target": "Dockerfile", "Class": "config", "Type": "dockerfile", "Misconfigurations": [
#           {"Type": "Dockerfile Security Check", "ID": "DS-0002", "Title": "Image user should not be 'root'", "Severity": "HIGH", "Status": "PASS"}
#         ]}
#       ]
#     }
package policies.scan.misconfiguration

import data.policies.lib.evidence

rank := {"none": 0, "low": 1, "medium": 2, "high": 3, "critical": 4, "unknown": 4}

deny contains {"at": ["results", i], "msg": msg, "related": evidence.source(i, result)} if {
	some i, result in input.results
	result.kind == "misconfiguration"
	result.status == "fail"
	rank[result.severity] >= rank[data.parameters.scan.misconfiguration.severity]
	msg := sprintf("%s in %s (%s): %s", [result.id, result.target, result.severity, result.title])
}
