# METADATA
# title: SBOM is too old
# description: >-
#   The document was made long ago. What was built since holds other components.
# custom:
#   severity: medium
#   parameters:
#     max_age_days:
#       description: How old an SBOM may be, in days.
#       default: 90
#       stricter: lower
#   remediation: Make the SBOM anew in the build that it describes.
#   bad: |
#     {
#       "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
#       "metadata": {
#         "timestamp": "2026-01-18T17:42:09Z", "tools": {"components": [{"type": "application", "name": "cargo-cyclonedx", "version": "0.5.7"}]},
#         "component": {"type": "application", "bom-ref": "ledger", "name": "ledger", "version": "1.4.2"}
#       },
#       "components": [
#         {"type": "library", "bom-ref": "hyper", "name": "hyper", "version": "1.6.0",
#          "supplier": {"name": "hyperium"}, "licenses": [{"license": {"id": "MIT"}}], "hashes": [{"alg": "SHA-256", "content": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}], "purl": "pkg:cargo/hyper@1.6.0"}
#       ],
#       "dependencies": [{"ref": "ledger", "dependsOn": ["hyper"]}, {"ref": "hyper"}]
#     }
#   good: |
#     {
#       "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
#       "metadata": {
#         "timestamp": "2026-11-18T17:42:09Z", "tools": {"components": [{"type": "application", "name": "cargo-cyclonedx", "version": "0.5.7"}]},
#         "component": {"type": "application", "bom-ref": "ledger", "name": "ledger", "version": "1.4.2"}
#       },
#       "components": [
#         {"type": "library", "bom-ref": "hyper", "name": "hyper", "version": "1.6.0",
#          "supplier": {"name": "hyperium"}, "licenses": [{"license": {"id": "MIT"}}], "hashes": [{"alg": "SHA-256", "content": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}], "purl": "pkg:cargo/hyper@1.6.0"}
#       ],
#       "dependencies": [{"ref": "ledger", "dependsOn": ["hyper"]}, {"ref": "hyper"}]
#     }
package policies.sbom.stale

deny contains {"at": ["created"], "msg": msg} if {
	input.created != ""
	age := time.now_ns() - time.parse_rfc3339_ns(input.created)
	limit := data.parameters.sbom.stale.max_age_days
	age > ((limit * 24) * 3600) * 1000000000
	days := floor(age / ((24 * 3600) * 1000000000))
	msg := sprintf("the SBOM of %s is %d days old; at most %v are allowed", [input.created, days, limit])
}
