# METADATA
# title: Scanner found a secret
# description: >-
#   A secret in an image or a repository is known to everyone who can pull it, and stays in its layers
#   and history after it is removed.
# related_resources:
#   - https://trivy.dev/docs/latest/scanner/secret/
# custom:
#   severity: critical
#   cwe: [798, 312]
#   equivalent: [trivy:secret, dockle:CIS-DI-0010, gitleaks:secret, trufflehog:secret]
#   non_negotiable: true
#   remediation: Change the secret, and build the artifact without it.
#   bad: |
#     {
#       "SchemaVersion": 2,
#       "Trivy": {"Version": "0.68.1"},
#       "CreatedAt": "2026-11-19T05:21:40Z",
#       "ArtifactName": "ledger:1.4.0",
#       "ArtifactType": "container_image",
#       "Results": [
#         {"Target": "/app/.env", "Class": "secret", "Secrets": [
#           {"RuleID": "aws-access-key-id", "Category": "AWS", "Severity": "CRITICAL", "Title": "AWS Access Key ID", "StartLine": 3, "EndLine": 3, "Match": "AWS_ACCESS_KEY_ID=********************"}
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
#       "Results": [{"Target": "ledger:1.4.0 (debian 12.12)", "Class": "os-pkgs", "Type": "debian"}]
#     }
package policies.scan.secret

import data.policies.lib.evidence

deny contains {"at": ["results", i], "msg": msg, "related": evidence.source(i, result)} if {
	some i, result in input.results
	result.kind == "secret"
	msg := sprintf("%s holds a secret: %s (%s)", [result.target, result.title, result.id])
}
