# METADATA
# title: Deployment names another digest than the image that was judged
# description: >-
#   The image beside the deployment has the same name and another digest: what will run is not what this gate
#   looked at. The digests of docker save archives are not those of a registry and are not compared.
# custom:
#   severity: high
#   cwe: [345]
#   remediation: Deploy the image that was judged by its digest, or hand over the image that is deployed.
#   bad: |
#     -- pod.yaml --
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: registry.example/ledger:1.4.2@sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
#     -- image.json --
#     [{"Id": "sha256:9f2c", "RepoTags": ["registry.example/ledger:1.4.2"], "RepoDigests": ["registry.example/ledger@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"], "Architecture": "amd64", "Os": "linux", "Config": {"User": "10001"}}]
#   good: |
#     -- pod.yaml --
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: registry.example/ledger:1.4.2@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
#     -- image.json --
#     [{"Id": "sha256:9f2c", "RepoTags": ["registry.example/ledger:1.4.2"], "RepoDigests": ["registry.example/ledger@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"], "Architecture": "amd64", "Os": "linux", "Config": {"User": "10001"}}]
package policies.project.image_digest

deny contains {"at": place.at, "msg": msg, "related": [["image", j, "digests"]]} if {
	some j, image in input.image
	count(image.digests) > 0
	some place in places
	[name, digest] := split(place.image, "@")
	repository(name) in {repository(split(reference.name, "@")[0]) | some reference in image.references}
	not digest in digests(repository(name))
	msg := sprintf("%s is deployed by the digest %s, and the image beside it has %s", [name, digest, concat(", ", image.digests)])
}

places contains {"at": array.concat(["kubernetes", i], array.concat(container.path, ["image"])), "image": container.image} if {
	some i, doc in input.kubernetes
	some container in doc.containers
	contains(container.image, "@sha256:")
}

places contains {"at": ["compose", i, "services", k, "image"], "image": service.image.name} if {
	some i, doc in input.compose
	some k, service in doc.services
	contains(service.image.name, "@sha256:")
}

# All digests of the images of a name: several platforms and versions may lie side by side.
digests(name) := {digest |
	some image in input.image
	some reference in image.references
	repository(split(reference.name, "@")[0]) == name
	some digest in image.digests
}

repository(name) := regex.replace(name, `:[^/:]*$`, "")
