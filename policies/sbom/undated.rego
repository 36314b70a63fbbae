# METADATA
# title: SBOM whose age cannot be told
# description: >-
#   The document does not say when it was made, so nobody can tell whether it is about this build. The time
#   stamp of the file proves nothing: a checkout sets it anew.
# related_resources:
#   - https://www.ntia.gov/report/2021/minimum-elements-software-bill-materials-sbom
# custom:
#   severity: medium
#   remediation: Make the SBOM with a tool that writes metadata.timestamp (CycloneDX) or creationInfo.created (SPDX).
#   bad: |
#     {
#       "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
#       "metadata": {
#         "tools": {"components": [{"type": "application", "name": "cargo-cyclonedx", "version": "0.5.7"}]},
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
package policies.sbom.undated

deny contains {"at": ["created"], "msg": "nothing in the document tells when it was made"} if {
	input.created == ""
	input.format != "syft" # its format has no place for the time
}
