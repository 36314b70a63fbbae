# METADATA
# title: Pod must not run as root, and its image names a user that Kubernetes cannot tell from root
# description: >-
#   The kubelet looks at no accounts: with runAsNonRoot and without runAsUser it starts an image whose user is
#   a number, and refuses one whose user is a name or root.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   severity: high
#   cwe: [250]
#   equivalent:
#     - cis-docker:4.1
#   remediation: Set runAsUser on the container, or build the image with a numeric USER.
#   bad: |
#     -- pod.yaml --
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#           securityContext: {runAsNonRoot: true}
#     -- image.json --
#     [{"Id": "sha256:9f2c", "RepoTags": ["ledger:1.4.2"], "Architecture": "amd64", "Os": "linux", "Config": {"User": "app"}}]
#   good: |
#     -- pod.yaml --
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#           securityContext: {runAsNonRoot: true}
#     ---
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#           securityContext: {runAsNonRoot: true, runAsUser: 10001}
#     -- image.json --
#     [{"Id": "sha256:9f2c", "RepoTags": ["ledger:1.4.2"], "Architecture": "amd64", "Os": "linux", "Config": {"User": "10001"}}]
package policies.project.image_numeric_user

deny contains {"at": ["kubernetes", i, "containers", c, "non_root"], "msg": msg, "related": [["image", j, "user"]]} if {
	some j, image in input.image
	some reference in image.references
	some i, doc in input.kubernetes
	some c, container in doc.containers
	container.image == reference.name
	container.non_root.ok
	not container.run_as_user.set
	not doc.patch
	not numeric(image.user)
	msg := sprintf("container %q sets runAsNonRoot and no runAsUser, and the user of %s is %q", [container.name, container.image, image.user.value])
}

numeric(user) if {
	user.numeric
	not user.root
}
