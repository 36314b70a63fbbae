# METADATA
# title: Package whose license is not allowed
# description: >-
#   The license asks for what this project cannot give, or is not among those that were agreed upon. Where an
#   expression leaves a choice, one allowed alternative is enough; all licenses that it joins by AND must be
#   allowed. No license is denied until the parameters say so.
# related_resources:
#   - https://spdx.org/licenses/
# custom:
#   severity: medium
#   equivalent: [cargo-deny:licenses/rejected]
#   parameters:
#     allow:
#       description: Licenses that may be used, by their SPDX identifiers; an empty list allows all that are not denied.
#       default: []
#     deny:
#       description: Licenses that may not be used.
#       default: []
#       example: ["AGPL-3.0-only"]
#   remediation: Replace the package, or have its license agreed upon and added to the parameters.
#   bad: |
#     {
#       "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
#       "metadata": {
#         "timestamp": "2026-11-18T17:42:09Z", "tools": {"components": [{"type": "application", "name": "cargo-cyclonedx", "version": "0.5.7"}]},
#         "component": {"type": "application", "bom-ref": "ledger", "name": "ledger", "version": "1.4.2"}
#       },
#       "components": [
#         {"type": "library", "bom-ref": "hyper", "name": "hyper", "version": "1.6.0",
#          "supplier": {"name": "hyperium"}, "licenses": [{"expression": "AGPL-3.0-only AND MIT"}], "hashes": [{"alg": "SHA-256", "content": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}], "purl": "pkg:cargo/hyper@1.6.0"}
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
#          "supplier": {"name": "hyperium"}, "licenses": [{"expression": "AGPL-3.0-only OR MIT"}], "hashes": [{"alg": "SHA-256", "content": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}], "purl": "pkg:cargo/hyper@1.6.0"}
#       ],
#       "dependencies": [{"ref": "ledger", "dependsOn": ["hyper"]}, {"ref": "hyper"}]
#     }
package policies.sbom.license_denied

# What may be used is whatever is allowed where there is such a list, and is not denied.
usable(license) if {
	not license in parameters.deny
	allowed(license)
}

parameters := data.parameters.sbom.license_denied

allowed(_) if count(parameters.allow) == 0

allowed(license) if license in parameters.allow

# An exception only adds to what a license permits.
allowed(license) if split(license, " WITH ")[0] in parameters.allow

deny contains {"at": ["licenses", i], "msg": msg, "related": related} if {
	count(parameters.allow) + count(parameters.deny) > 0
	some i, license in input.licenses
	license.known
	not satisfied(license)
	msg := sprintf("%s is not allowed: %d packages, such as %s", [license.name, license.count, concat(", ", [e.name | some e in license.examples])])
	related := [["components", example.at] | some example in license.examples]
}

# What cannot be read is not on the list.
deny contains {"at": ["licenses", i], "msg": msg, "related": related} if {
	count(parameters.allow) > 0
	some i, license in input.licenses
	not license.known
	msg := sprintf("whether the license is allowed cannot be told: %q, %d packages, such as %s", [
		license.name,
		license.count, concat(", ", [e.name | some e in license.examples]),
	])
	related := [["components", example.at] | some example in license.examples]
}

satisfied(license) if {
	some choice in license.choices
	every l in choice {
		usable(l)
	}
}
