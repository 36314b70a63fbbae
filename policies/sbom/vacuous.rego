# METADATA
# title: SBOM without components
# description: >-
#   The document lists nothing. The tool did not recognise what it was pointed at, or looked at the wrong place,
#   and whatever is checked against the list passes.
# custom:
#   severity: medium
#   cwe: [1395]
#   remediation: Point the tool at what is built or deployed, and check that the SBOM names its components.
#   bad: |
#     {
#       "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
#       "metadata": {
#         "timestamp": "2026-11-18T17:42:09Z", "tools": {"components": [{"type": "application", "name": "cargo-cyclonedx", "version": "0.5.7"}]},
#         "component": {"type": "application", "bom-ref": "ledger", "name": "ledger", "version": "1.4.2"}
#       },
#       "components": [],
#       "dependencies": [{"ref": "ledger"}]
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
package policies.sbom.vacuous

deny contains {"at": ["components"], "msg": msg} if {
	not input.catalogued
	input.counts.components == 0
	input.counts.files == 0
	input.counts.services == 0
	input.counts.vulnerabilities == 0 # a VEX document lists those alone
	msg := sprintf("the SBOM of %s lists no component", [subject])
}

subject := input.subject.name if input.subject.name != ""

subject := "nothing in particular" if input.subject.name == ""
