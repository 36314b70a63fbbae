# METADATA
# title: Container runs as another user than its image is made for
# description: >-
#   The files that the image gives to its own user belong to somebody else in the container: what was readable or
#   writable in tests is not where it runs, and the other way round.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   severity: low
#   cwe: [732]
#   remediation: Set runAsUser to the number of the image's USER, or leave it out.
#   bad: |
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
#           securityContext: {runAsUser: 20001, runAsNonRoot: true}
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
#           securityContext: {runAsUser: 10001, runAsNonRoot: true}
#         - name: proxy
#           image: ghcr.io/acme/proxy:2.0.0
#           securityContext: {runAsUser: 20001, runAsNonRoot: true}
package policies.project.kubernetes_user

import data.policies.lib.built

deny contains {"at": ["kubernetes", i, "containers", j, "run_as_user"], "msg": msg, "related": [array.concat(place, ["user"])]} if {
	count(input.dockerfile) > 0
	some i, j
	container := input.kubernetes[i].containers[j]
	container.run_as_user.set
	place := built.stage(container.image)
	user := input.dockerfile[place[1]].stages[place[3]].user
	user.known
	user.numeric
	to_number(user.name) != container.run_as_user.value
	msg := sprintf("container %q runs as %d, and its image is made for %s", [container.name, container.run_as_user.value, user.name])
}
