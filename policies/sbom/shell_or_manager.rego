# METADATA
# title: SBOM lists a shell or a package manager
# description: >-
#   Whoever gets a foothold in the container has the tools to go on with. An image for one program needs
#   neither; this rule asks for that where shells and package managers are not allowed.
# custom:
#   severity: medium
#   cwe: [1188]
#   parameters:
#     allow:
#       description: Whether shells and package managers may be there; false for distroless images.
#       default: true
#       example: false
#   remediation: Build the last stage on scratch or a distroless image, and copy the program into it.
#   bad: |
#     {
#       "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
#       "metadata": {
#         "timestamp": "2026-11-18T17:42:09Z", "tools": {"components": [{"type": "application", "name": "cargo-cyclonedx", "version": "0.5.7"}]},
#         "component": {"type": "application", "bom-ref": "ledger", "name": "ledger", "version": "1.4.2"}
#       },
#       "components": [
#         {"type": "library", "bom-ref": "hyper", "name": "busybox", "version": "1.36.1", "supplier": {"name": "x"},
#          "licenses": [{"license": {"id": "GPL-2.0-only"}}], "purl": "pkg:apk/wolfi/busybox@1.36.1"}
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
#         {"type": "library", "bom-ref": "hyper", "name": "zlib", "version": "1.36.1", "supplier": {"name": "x"},
#          "licenses": [{"license": {"id": "GPL-2.0-only"}}], "purl": "pkg:apk/wolfi/zlib@1.36.1"}
#       ],
#       "dependencies": [{"ref": "ledger", "dependsOn": ["hyper"]}, {"ref": "hyper"}]
#     }
package policies.sbom.shell_or_manager

deny contains {"at": [list, 0], "msg": msg, "related": related} if {
	not data.parameters.sbom.shell_or_manager.allow
	some [list, what] in [["shells", "shells"], ["managers", "package managers"]]
	count(input[list]) > 0
	msg := sprintf("the SBOM lists %s: %s", [what, concat(", ", [e.name | some e in input[list]])])
	related := [["components", e.at] | some e in input[list]]
}
