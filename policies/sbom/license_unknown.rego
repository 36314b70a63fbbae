# METADATA
# title: Packages whose license is not known
# description: >-
#   No license is given, or none that the SPDX License List has, so nobody can tell whether the package may be
#   passed on with the program. A LicenseRef is an answer.
# custom:
#   severity: low
#   equivalent: [cargo-deny:licenses/unlicensed]
#   remediation: Give each package the license expression of SPDX that its author declares.
#   bad: |
#     {
#       "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
#       "metadata": {
#         "timestamp": "2026-11-18T17:42:09Z", "tools": {"components": [{"type": "application", "name": "cargo-cyclonedx", "version": "0.5.7"}]},
#         "component": {"type": "application", "bom-ref": "ledger", "name": "ledger", "version": "1.4.2"}
#       },
#       "components": [
#         {"type": "library", "bom-ref": "hyper", "name": "hyper", "version": "1.6.0",
#          "supplier": {"name": "hyperium"}, "hashes": [{"alg": "SHA-256", "content": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}], "purl": "pkg:cargo/hyper@1.6.0"}
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
#          "supplier": {"name": "hyperium"}, "licenses": [{"expression": "MIT OR Apache-2.0"}], "hashes": [{"alg": "SHA-256", "content": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}], "purl": "pkg:cargo/hyper@1.6.0"}
#       ],
#       "dependencies": [{"ref": "ledger", "dependsOn": ["hyper"]}, {"ref": "hyper"}]
#     }
package policies.sbom.license_unknown

deny contains {"at": ["licenses", i], "msg": msg, "related": related} if {
	not input.catalogued # sbom/license_denied tells, where licenses matter
	some i, license in input.licenses
	not license.known
	msg := sprintf("%s: %d packages, such as %s", [problem(license.name), license.count, concat(", ", [e.name | some e in license.examples])])
	related := [["components", example.at] | some example in license.examples]
}

problem("") := "no license is given"

problem(name) := sprintf("%q is not an SPDX license expression", [name]) if name != ""
