# METADATA
# title: Components were not compared with advisories
# description: >-
#   The audit of the bill says nothing about these packages: the database of advisories does not cover their ecosystem or their
#   release of a distribution, or the bill does not say enough to ask about them. Nothing found is no clean audit here.
# related_resources:
#   - https://ossf.github.io/osv-schema/#defined-ecosystems
#   - https://github.com/package-url/purl-spec
# custom:
#   severity: medium
#   cwe: [1395]
#   remediation: Audit with a database that covers the ecosystem, such as OSV's export of it, or have the bill name what is missing.
#   bad: |
#     -- bom.cdx.json --
#     {
#       "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
#       "metadata": {
#         "timestamp": "2026-11-18T17:42:09Z", "tools": {"components": [{"type": "application", "name": "syft", "version": "1.42.0"}]},
#         "component": {"type": "application", "bom-ref": "ledger", "name": "ledger", "version": "1.4.2"}
#       },
#       "components": [
#         {"type": "library", "bom-ref": "libssl3", "name": "libssl3", "version": "3.0.11-1~deb12u2", "supplier": {"name": "Debian"},
#          "licenses": [{"license": {"id": "Apache-2.0"}}], "purl": "pkg:deb/debian/libssl3@3.0.11-1~deb12u2?distro=debian-12&upstream=openssl"}
#       ],
#       "dependencies": [{"ref": "ledger", "dependsOn": ["libssl3"]}, {"ref": "libssl3"}]
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
#   good: |
#     -- bom.cdx.json --
#     {
#       "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
#       "metadata": {
#         "timestamp": "2026-11-18T17:42:09Z", "tools": {"components": [{"type": "application", "name": "syft", "version": "1.42.0"}]},
#         "component": {"type": "application", "bom-ref": "ledger", "name": "ledger", "version": "1.4.2"}
#       },
#       "components": [
#         {"type": "library", "bom-ref": "libssl3", "name": "libssl3", "version": "3.0.13-1~deb12u1", "supplier": {"name": "Debian"},
#          "licenses": [{"license": {"id": "Apache-2.0"}}], "purl": "pkg:deb/debian/libssl3@3.0.13-1~deb12u1?distro=debian-12&upstream=openssl"}
#       ],
#       "dependencies": [{"ref": "ledger", "dependsOn": ["libssl3"]}, {"ref": "libssl3"}]
#     }
#     -- advisory-db/DEBIAN-CVE-2030-1.json --
#     {"id": "DEBIAN-CVE-2030-1", "modified": "2026-11-19T00:00:00Z", "affected": [{"package": {"ecosystem": "Debian:12", "name": "openssl"},
#      "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "3.0.13-1~deb12u1"}]}]}]}
package policies.sbom.unaudited

deny contains {"at": ["audit", "unaudited", i], "msg": msg} if {
	some i, gap in input.audit.unaudited
	examples := concat(", ", [example.name | some example in gap.examples])
	msg := sprintf("%d packages (%s) were not compared with advisories: %s; such as %s", [gap.count, gap.name, gap.reason, examples])
}
