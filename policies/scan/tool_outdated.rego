# METADATA
# title: Scanner is too old
# description: >-
#   Old releases of a scanner do not know the names, package formats and rules of today, and find less.
# custom:
#   severity: medium
#   cwe: [1104]
#   parameters:
#     minimum:
#       description: The oldest release that counts, by scanner.
#       default: {trivy: 0.50.0, grype: 0.74.0, gitleaks: 8.16.0, semgrep: 1.0.0, osv-scanner: 1.7.0}
#   remediation: Update the scanner, and scan again.
#   bad: |
#     {
#       "SchemaVersion": 2,
#       "Trivy": {"Version": "0.35.0"},
#       "CreatedAt": "2026-11-19T05:21:40Z",
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
package policies.scan.tool_outdated

deny contains {"at": ["tool", "version"], "msg": msg} if {
	version := trim_prefix(input.tool.version, "v")
	minimum := data.parameters.scan.tool_outdated.minimum[input.tool.name]
	semver.is_valid(version)
	semver.compare(version, minimum) < 0
	msg := sprintf("the report is of %s %s; at least %s is wanted", [input.tool.name, version, minimum])
}
