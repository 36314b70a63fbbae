# METADATA
# title: Scanned system gets no updates any more
# description: >-
#   Nobody repairs the packages of this release, and nobody publishes advisories about them. A scanner finds nothing where nothing is
#   written down.
# related_resources:
#   - https://endoflife.date/
# custom:
#   severity: medium
#   cwe: [1104]
#   equivalent: [grype:distro-eol]
#   remediation: Build the image on a release that is maintained.
#   bad: |
#     {
#       "SchemaVersion": 2, "Trivy": {"Version": "0.69.3"}, "CreatedAt": "2026-11-19T09:00:00Z", "ArtifactName": "ledger:1.4.2", "ArtifactType": "container_image",
#       "Metadata": {"OS": {"Family": "alpine", "Name": "3.14.2", "EOSL": true}, "ImageID": "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"},
#       "Results": [{"Target": "ledger:1.4.2 (alpine 3.14.2)", "Class": "os-pkgs", "Type": "alpine"}]
#     }
#   good: |
#     {
#       "SchemaVersion": 2, "Trivy": {"Version": "0.69.3"}, "CreatedAt": "2026-11-19T09:00:00Z", "ArtifactName": "ledger:1.4.2", "ArtifactType": "container_image",
#       "Metadata": {"OS": {"Family": "alpine", "Name": "3.14.2"}, "ImageID": "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"},
#       "Results": [{"Target": "ledger:1.4.2 (alpine 3.14.2)", "Class": "os-pkgs", "Type": "alpine"}]
#     }
package policies.scan.system_unsupported

deny contains {"at": ["subject", "system"], "msg": msg} if {
	input.subject.unsupported
	msg := sprintf("%s is no longer maintained, as %s says", [system, input.tool.name])
}

system := input.subject.system if input.subject.system != ""

system := "the system" if input.subject.system == ""
