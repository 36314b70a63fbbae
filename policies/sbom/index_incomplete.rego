# METADATA
# title: Registry index does not hold all crates of the bill of materials
# description: >-
#   Whether these versions were yanked cannot be told, because the copy of the index does not hold them. The copy
#   is older than what was built, or it holds only what one machine has asked for.
# related_resources:
#   - https://doc.rust-lang.org/cargo/reference/registry-index.html
# custom:
#   severity: medium
#   cwe: [1104]
#   remediation: Fetch the index again, and run cargo fetch before its folder is handed to the gate.
#   bad: |
#     -- bom.cdx.json --
#     {
#       "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
#       "metadata": {
#         "timestamp": "2026-11-18T17:42:09Z", "tools": {"components": [{"type": "application", "name": "cargo-cyclonedx", "version": "0.5.7"}]},
#         "component": {"type": "application", "bom-ref": "ledger", "name": "ledger", "version": "1.4.2"}
#       },
#       "components": [
#         {"type": "library", "bom-ref": "hyper", "name": "hyper", "version": "0.14.11",
#          "supplier": {"name": "hyperium"}, "licenses": [{"license": {"id": "MIT"}}], "hashes": [{"alg": "SHA-256", "content": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}], "purl": "pkg:cargo/hyper@0.14.11"}
#       ],
#       "dependencies": [{"ref": "ledger", "dependsOn": ["hyper"]}, {"ref": "hyper"}]
#     }
#     -- registry-index/config.json --
#     {"dl": "https://static.crates.io/crates"}
#     -- registry-index/hy/pe/hyper --
#     {"name": "hyper", "vers": "0.14.9", "yanked": true}
#     {"name": "hyper", "vers": "0.14.10", "yanked": false}
#   good: |
#     -- bom.cdx.json --
#     {
#       "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
#       "metadata": {
#         "timestamp": "2026-11-18T17:42:09Z", "tools": {"components": [{"type": "application", "name": "cargo-cyclonedx", "version": "0.5.7"}]},
#         "component": {"type": "application", "bom-ref": "ledger", "name": "ledger", "version": "1.4.2"}
#       },
#       "components": [
#         {"type": "library", "bom-ref": "hyper", "name": "hyper", "version": "0.14.10",
#          "supplier": {"name": "hyperium"}, "licenses": [{"license": {"id": "MIT"}}], "hashes": [{"alg": "SHA-256", "content": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}], "purl": "pkg:cargo/hyper@0.14.10"}
#       ],
#       "dependencies": [{"ref": "ledger", "dependsOn": ["hyper"]}, {"ref": "hyper"}]
#     }
#     -- registry-index/config.json --
#     {"dl": "https://static.crates.io/crates"}
#     -- registry-index/hy/pe/hyper --
#     {"name": "hyper", "vers": "0.14.9", "yanked": true}
#     {"name": "hyper", "vers": "0.14.10", "yanked": false}
package policies.sbom.index_incomplete

deny contains {"at": ["crates"], "msg": msg} if {
	input.audit.unlisted_count > 0
	msg := sprintf("the registry index does not hold %d of the crates: %s", [input.audit.unlisted_count, concat(", ", input.audit.unlisted)])
}
