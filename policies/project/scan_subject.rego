# METADATA
# title: Scan of another build of the image
# description: >-
#   The report names an image that is in the tree, and the digest of another one. What it found and did not find is true of
#   that other build.
# custom:
#   severity: high
#   cwe: [1395, 345]
#   non_negotiable: true
#   remediation: Scan the image that is to be deployed, and replace the report.
#   bad: |
#     -- app.tar/config.json --
#     {"architecture": "amd64", "os": "linux", "config": {"User": "10001", "Cmd": ["/app"]}}
#     -- trivy.json --
#     {"SchemaVersion": 2, "Trivy": {"Version": "0.68.1"}, "CreatedAt": "2026-11-19T05:21:40Z", "ArtifactName": "app:1.4.2", "ArtifactType": "container_image",
#      "Metadata": {"ImageID": "sha256:1111111111111111111111111111111111111111111111111111111111111111"}, "Results": [{"Target": "debian", "Class": "os-pkgs", "Type": "debian"}]}
#   good: |
#     -- app.tar/config.json --
#     {"architecture": "amd64", "os": "linux", "config": {"User": "10001", "Cmd": ["/app"]}}
#     -- trivy.json --
#     {"SchemaVersion": 2, "Trivy": {"Version": "0.68.1"}, "CreatedAt": "2026-11-19T05:21:40Z", "ArtifactName": "other:1.4.2", "ArtifactType": "container_image",
#      "Metadata": {"ImageID": "sha256:1111111111111111111111111111111111111111111111111111111111111111"}, "Results": [{"Target": "debian", "Class": "os-pkgs", "Type": "debian"}]}
package policies.project.scan_subject

deny contains {"at": ["scan", s, "subject", "digests"], "msg": msg, "related": [["image", i, "digest"]]} if {
	some s, scan in input.scan
	scan.subject.kind == "image"
	count(scan.subject.digests) > 0
	some i in named[scan.subject.name]
	every j in named[scan.subject.name] {
		count({digest | some digest in scan.subject.digests; digest in digests[j]}) == 0
	}
	msg := sprintf("the report is about another build of %s than %s", [scan.subject.name, input.image[i].path])
}

named[name] contains i if {
	some i, image in input.image
	name := image.references[_].name
}

digests[i] := {image.config_digest, image.digest} | {digest | some digest in image.digests} if some i, image in input.image
