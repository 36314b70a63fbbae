# METADATA
# title: Database of advisories is too old for the bill of materials
# description: >-
#   An audit finds what its database knows. What became public after the database changed last is missing
#   from it.
# related_resources:
#   - https://rustsec.org/
#   - https://osv.dev/
# custom:
#   severity: high
#   cwe: [1395]
#   non_negotiable: true
#   parameters:
#     max_database_age_days:
#       description: How long ago the database may have changed last, in days.
#       default: 7
#       stricter: lower
#   remediation: Run sallyport advisories update, or name a newer database with --advisories.
#   bad: |
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
#     -- advisory-db/crates/hyper/RUSTSEC-2030-0001.md --
#     ```toml
#     [advisory]
#     id = "RUSTSEC-2030-0001"
#     package = "hyper"
#     date = "2026-10-01"
#     [versions]
#     patched = [">= 0.14.10"]
#     ```
#     # Something is wrong with hyper
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
#     -- advisory-db/crates/hyper/RUSTSEC-2030-0001.md --
#     ```toml
#     [advisory]
#     id = "RUSTSEC-2030-0001"
#     package = "hyper"
#     date = "2026-11-19"
#     [versions]
#     patched = [">= 0.14.10"]
#     ```
#     # Something is wrong with hyper
package policies.sbom.advisories_stale

import data.policies.lib.advisory

deny contains finding if {
	input.audit.done
	input.audit.audited > 0
	finding := advisory.outdated(input.audit.database, data.parameters.sbom.advisories_stale.max_database_age_days)
}
