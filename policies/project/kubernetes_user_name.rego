# METADATA
# title: Kubernetes cannot tell that the image's user is not root
# description: >-
#   runAsNonRoot without runAsUser leaves the user to the image, and the image names it: the kubelet does not look into
#   the image for its number and refuses to start the container.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
#   - https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   severity: medium
#   remediation: Write the number of the account in USER, or set runAsUser.
#   bad: |
#     -- Dockerfile --
#     FROM debian:12
#     COPY ledger /usr/local/bin/ledger
#     USER ledger
#     ENTRYPOINT ["ledger"]
#     -- deploy/pod.yaml --
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: ghcr.io/acme/ledger:1.4.2
#           securityContext: {runAsNonRoot: true}
#   good: |
#     -- Dockerfile --
#     FROM debian:12
#     COPY ledger /usr/local/bin/ledger
#     USER 10001:10001
#     ENTRYPOINT ["ledger"]
#     -- deploy/pod.yaml --
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: ghcr.io/acme/ledger:1.4.2
#           securityContext: {runAsNonRoot: true}
#         - name: proxy
#           image: ghcr.io/acme/proxy:2.0.0
#           securityContext: {runAsNonRoot: true}
package policies.project.kubernetes_user_name

import data.policies.lib.built

deny contains {"at": ["kubernetes", i, "containers", j, "non_root"], "msg": msg, "related": [array.concat(place, ["user"])]} if {
	count(input.dockerfile) > 0
	some i, j
	container := input.kubernetes[i].containers[j]
	container.non_root.ok
	not container.run_as_user.set
	not input.kubernetes[i].patch
	place := built.stage(container.image)
	user := input.dockerfile[place[1]].stages[place[3]].user
	user.known
	not user.root
	not user.numeric
	msg := sprintf("container %q must not run as root, and its image names its user %q instead of giving a number", [container.name, user.name])
}
