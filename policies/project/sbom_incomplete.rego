# METADATA
# title: SBOM leaves out crates of Cargo.lock
# description: >-
#   The SBOM is about this workspace and does not list all that its lock file has. What is left out is not
#   looked for when a vulnerability becomes known. Tools that list only what is linked for one platform leave
#   out development and foreign dependencies on purpose; an SBOM of an image or a file is therefore not
#   compared.
# custom:
#   severity: low
#   remediation: Make the SBOM for all targets and features, or say in its compositions what it leaves out.
#   bad: |
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
#     dependencies = ["hyper", "h2"]
#     [[package]]
#     name = "h2"
#     version = "0.4.12"
#     source = "registry+https://github.com/rust-lang/crates.io-index"
#     checksum = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
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
package policies.project.sbom_incomplete

import data.policies.lib.sbom

deny contains {"at": ["sbom", i, "crates"], "msg": msg, "related": related} if {
	count(input.cargo_lock) > 0
	some i, bill in input.sbom
	not bill.subject.image
	bill.subject.type != "file"
	some j, lock in input.cargo_lock
	sbom.about(bill, lock, input.cargo_lock)
	listed := {crate.name | some crate in bill.crates}
	missing := [p | some p, crate in lock.packages; crate.kind != "path"; not crate.name in listed]
	count(missing) > 0
	shown := array.slice(missing, 0, 5)
	named := [sprintf("%s %s", [lock.packages[p].name, lock.packages[p].version]) | some p in shown]
	msg := sprintf("%d of %d packages of %s are not in the SBOM: %s", [count(missing), lock.count, lock.path, concat(", ", named)])
	related := [["cargo_lock", j, "packages", p] | some p in shown]
}
