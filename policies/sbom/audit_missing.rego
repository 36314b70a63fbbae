# METADATA
# title: Bill of materials without an audit
# description: >-
#   The run has no database of advisories, so nothing here compared the components of the bill with known vulnerabilities. A
#   scanner's report about the same artifact may have done so; then turn the rule off.
# related_resources:
#   - https://osv.dev/
# custom:
#   severity: low
#   cwe: [1395]
#   remediation: Run sallyport advisories update, or name a database with --advisories, so that the gate audits the bill itself.
#   bad: |
#     -- bom.cdx.json --
#     {
#       "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
#       "components": [{"type": "library", "name": "hyper", "version": "0.14.10", "purl": "pkg:cargo/hyper@0.14.10"}]
#     }
#   good: |
#     -- bom.cdx.json --
#     {
#       "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
#       "components": [{"type": "library", "name": "hyper", "version": "0.14.10", "purl": "pkg:cargo/hyper@0.14.10"}]
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
package policies.sbom.audit_missing

deny contains {"at": ["audit"], "msg": msg} if {
	not input.audit.done
	input.counts.packages > 0
	msg := sprintf("without a database of advisories nothing compared the %d packages of this bill with known vulnerabilities", [input.counts.packages])
}
