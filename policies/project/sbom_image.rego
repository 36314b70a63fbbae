# METADATA
# title: SBOM is about another image than the one that was judged
# description: >-
#   The image beside the SBOM has the same name and another digest: the list is not one of what will run. The
#   digests of docker save archives are not those of a registry, and are not compared.
# custom:
#   severity: high
#   cwe: [345]
#   remediation: Make the SBOM of the image that is deployed, by its digest.
#   bad: |
#     -- image.json --
#     [{"Id": "sha256:9f2c", "RepoTags": ["registry.example/ledger:1.4.2"], "RepoDigests": ["registry.example/ledger@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"], "Architecture": "amd64", "Os": "linux", "Config": {"User": "10001"}}]
#     -- bom.cdx.json --
#     {
#       "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
#       "metadata": {
#         "timestamp": "2026-11-18T17:42:09Z", "tools": {"components": [{"type": "application", "name": "cargo-cyclonedx", "version": "0.5.7"}]},
#         "component": {"type": "container", "bom-ref": "ledger", "name": "registry.example/ledger", "version": "sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"}
#       },
#       "components": [
#         {"type": "library", "bom-ref": "hyper", "name": "hyper", "version": "1.6.0",
#          "supplier": {"name": "hyperium"}, "licenses": [{"license": {"id": "MIT"}}], "hashes": [{"alg": "SHA-256", "content": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}], "purl": "pkg:cargo/hyper@1.6.0"}
#       ],
#       "dependencies": [{"ref": "ledger", "dependsOn": ["hyper"]}, {"ref": "hyper"}]
#     }
#   good: |
#     -- image.json --
#     [{"Id": "sha256:9f2c", "RepoTags": ["registry.example/ledger:1.4.2"], "RepoDigests": ["registry.example/ledger@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"], "Architecture": "amd64", "Os": "linux", "Config": {"User": "10001"}}]
#     -- bom.cdx.json --
#     {
#       "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
#       "metadata": {
#         "timestamp": "2026-11-18T17:42:09Z", "tools": {"components": [{"type": "application", "name": "cargo-cyclonedx", "version": "0.5.7"}]},
#         "component": {"type": "container", "bom-ref": "ledger", "name": "registry.example/ledger", "version": "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}
#       },
#       "components": [
#         {"type": "library", "bom-ref": "hyper", "name": "hyper", "version": "1.6.0",
#          "supplier": {"name": "hyperium"}, "licenses": [{"license": {"id": "MIT"}}], "hashes": [{"alg": "SHA-256", "content": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}], "purl": "pkg:cargo/hyper@1.6.0"}
#       ],
#       "dependencies": [{"ref": "ledger", "dependsOn": ["hyper"]}, {"ref": "hyper"}]
#     }
package policies.project.sbom_image

deny contains {"at": ["sbom", i, "subject"], "msg": msg, "related": [["image", j, "digests"]]} if {
	some i, bill in input.sbom
	not bill.catalogued
	bill.subject.image
	count(bill.subject.digests) > 0
	some j, image in input.image
	count(image.digests) > 0
	repository(bill.subject.name) in repositories(image)
	known := {digest | some other in input.image; repository(bill.subject.name) in repositories(other); some digest in digests(other)}
	count(known & {digest | some digest in bill.subject.digests}) == 0
	msg := sprintf("the SBOM of %s is about %s, and the image beside it has %s", [
		bill.subject.name,
		concat(", ", bill.subject.digests), concat(", ", image.digests),
	])
}

# Tools name an image by the digest of its manifest, of the index above it, or of its configuration.
digests(image) := {digest | some digest in image.digests} | {image.digest, image.config_digest}

repositories(image) := {name |
	some reference in image.references
	some name in [repository(reference.name), sprintf("%s/%s", [reference.registry, reference.repository])]
}

repository(name) := regex.replace(split(name, "@")[0], `:[^/:]*$`, "")
