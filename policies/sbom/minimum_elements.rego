# METADATA
# title: SBOM lacks a minimum element
# description: >-
#   Without the name, the version and an identifier of each component, nobody can tell from the document whether
#   a vulnerability is in what runs. Relationships tell what pulls a component in, and the author who answers
#   for the list. These are minimum elements of the NTIA; two more, the supplier and the time, have rules of
#   their own.
# related_resources:
#   - https://www.ntia.gov/report/2021/minimum-elements-software-bill-materials-sbom
# custom:
#   severity: medium
#   remediation: Make the SBOM with a tool that sees the lock file or the build, and keep the fields that it writes.
#   bad: |
#     {
#       "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
#       "metadata": {
#         "timestamp": "2026-11-18T17:42:09Z", "tools": {"components": [{"type": "application", "name": "cargo-cyclonedx", "version": "0.5.7"}]},
#         "component": {"type": "application", "bom-ref": "ledger", "name": "ledger", "version": "1.4.2"}
#       },
#       "components": [
#         {"type": "library", "bom-ref": "hyper", "name": "hyper",
#          "supplier": {"name": "hyperium"}, "licenses": [{"license": {"id": "MIT"}}]}
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
#          "supplier": {"name": "hyperium"}, "licenses": [{"license": {"id": "MIT"}}], "hashes": [{"alg": "SHA-256", "content": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}], "purl": "pkg:cargo/hyper@1.6.0"}
#       ],
#       "dependencies": [{"ref": "ledger", "dependsOn": ["hyper"]}, {"ref": "hyper"}]
#     }
package policies.sbom.minimum_elements

elements := {
	"name": "a name", "version": "a version", "identifier": "a package URL, CPE or other identifier",
	"relationships": "relationships between its components", "author": "an author or tool",
}

deny contains {"at": ["ntia", "missing", i], "msg": msg, "related": related} if {
	not input.catalogued
	some i, gap in input.ntia.missing
	what := elements[gap.name]
	msg := concat("", [who(gap), what, examples(gap)])
	related := [["components", example.at] | some example in gap.examples]
}

who(gap) := "the document does not have " if count(gap.examples) == 0

who(gap) := sprintf("%d of %d packages are without ", [gap.count, gap.of]) if count(gap.examples) > 0

examples(gap) := "" if count(gap.examples) == 0

examples(gap) := sprintf(": %s", [concat(", ", [e.name | some e in gap.examples])]) if count(gap.examples) > 0
