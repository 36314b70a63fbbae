# METADATA
# title: Component is a crate in a version that was yanked
# description: >-
#   The publisher took this version back, often because of a mistake that is not public.
# related_resources:
#   - https://doc.rust-lang.org/cargo/commands/cargo-yank.html
# custom:
#   severity: medium
#   cwe: [1104, 1395]
#   equivalent: [cargo-audit:yanked]
#   remediation: Update the crate to a version that was not taken back, and make the bill of materials anew.
#   bad: |
#     -- bom.cdx.json --
#     {
#       "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
#       "metadata": {
#         "timestamp": "2026-11-18T17:42:09Z", "tools": {"components": [{"type": "application", "name": "cargo-cyclonedx", "version": "0.5.7"}]},
#         "component": {"type": "application", "bom-ref": "ledger", "name": "ledger", "version": "1.4.2"}
#       },
#       "components": [
#         {"type": "library", "bom-ref": "hyper", "name": "hyper", "version": "0.14.9",
#          "supplier": {"name": "hyperium"}, "licenses": [{"license": {"id": "MIT"}}], "hashes": [{"alg": "SHA-256", "content": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}], "purl": "pkg:cargo/hyper@0.14.9"}
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
package policies.sbom.yanked

import data.policies.lib.advisory

deny contains advisory.image(i, hit, {digest | some digest in input.subject.digests; input.subject.image}) if {
	some i, hit in input.audit.hits
	hit.kind == "yanked"
}
