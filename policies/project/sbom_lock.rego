# METADATA
# title: SBOM lists crates that Cargo.lock does not have
# description: >-
#   The SBOM is about this workspace, and names crates or versions that it does not build with: it was made of
#   another commit. Whatever is checked against the list is checked against something else.
# custom:
#   severity: medium
#   cwe: [345]
#   remediation: Make the SBOM anew from the committed Cargo.lock.
#   bad: |
#     -- Cargo.lock --
#     version = 4
#     [[package]]
#     name = "hyper"
#     version = "1.7.0"
#     source = "registry+https://github.com/rust-lang/crates.io-index"
#     checksum = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
#     [[package]]
#     name = "ledger"
#     version = "1.4.2"
#     dependencies = ["hyper"]
#     -- bom.cdx.json --
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
#   good: |
#     -- Cargo.lock --
#     version = 4
#     [[package]]
#     name = "hyper"
#     version = "1.6.0"
#     source = "registry+https://github.com/rust-lang/crates.io-index"
#     checksum = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
#     [[package]]
#     name = "ledger"
#     version = "1.4.2"
#     dependencies = ["hyper"]
#     -- bom.cdx.json --
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
package policies.project.sbom_lock

import data.policies.lib.sbom

deny contains {"at": ["sbom", i, "crates", strangers[0]], "msg": msg, "related": related} if {
	count(input.cargo_lock) > 0
	some i, bill in input.sbom
	not bill.catalogued
	some j, lock in input.cargo_lock
	sbom.about(bill, lock, input.cargo_lock)
	locked := sbom.packages(lock)
	strangers := [k | some k, crate in bill.crates; not [crate.name, crate.version] in locked]
	count(strangers) > 0
	shown := array.slice(strangers, 0, 5)
	named := [sprintf("%s %s", [bill.crates[k].name, bill.crates[k].version]) | some k in shown]
	msg := sprintf("%d crates of the SBOM are not in %s: %s", [count(strangers), lock.path, concat(", ", named)])
	names := {bill.crates[k].name | some k in shown}
	locations := [["cargo_lock", j, "packages", p] | some p, crate in lock.packages; crate.name in names]
	related := array.concat([["cargo_lock", j]], locations)
}
