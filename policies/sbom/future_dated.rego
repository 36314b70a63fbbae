# METADATA
# title: SBOM from the future
# description: >-
#   The document carries a time that has not come yet. A wrong clock or a changed date made it; either way its
#   age cannot be relied on.
# custom:
#   severity: medium
#   cwe: [367]
#   remediation: Correct the clock of the machine that builds, and make the SBOM again.
#   bad: |
#     {
#       "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
#       "metadata": {
#         "timestamp": "2027-11-18T17:42:09Z", "tools": {"components": [{"type": "application", "name": "cargo-cyclonedx", "version": "0.5.7"}]},
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
package policies.sbom.future_dated

deny contains {"at": ["created"], "msg": msg} if {
	input.created != ""

	# Clocks differ a little, and so do the time zones of those who set them.
	time.parse_rfc3339_ns(input.created) - time.now_ns() > (24 * 3600) * 1000000000
	msg := sprintf("the time %s lies in the future", [input.created])
}
