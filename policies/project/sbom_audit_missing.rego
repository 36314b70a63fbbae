# METADATA
# title: Bill of materials without an audit
# description: >-
#   Nothing compared the components that a bill lists with known vulnerabilities: the run has no database of advisories, and no
#   scanner's report about vulnerabilities is in the tree.
# related_resources:
#   - https://osv.dev/
# custom:
#   severity: medium
#   cwe: [1395]
#   remediation: Run sallyport advisories update so that the gate audits the bill itself, or leave a scanner's report in the tree.
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
#     -- trivy.json --
#     {"SchemaVersion": 2, "Trivy": {"Version": "0.68.1"}, "CreatedAt": "2026-11-20T05:21:40Z", "ArtifactName": "bom.cdx.json", "ArtifactType": "cyclonedx",
#      "Results": [{"Target": "Cargo.lock", "Class": "lang-pkgs", "Type": "cargo"}]}
package policies.project.sbom_audit_missing

deny contains {"at": ["sbom", i], "msg": msg} if {
	count(input.sbom) > 0
	not scanned
	some i, bill in input.sbom
	not bill.audit.done
	bill.counts.packages > 0
	msg := sprintf("nothing in the tree compared the %d packages of this bill with known vulnerabilities", [bill.counts.packages])
}

scanned if {
	some report in input.scan
	report.concern == "vulnerabilities"
}
