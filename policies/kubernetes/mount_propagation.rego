# METADATA
# title: Container mounts onto its node
# description: >-
#   With Bidirectional propagation, what the container mounts appears on the node and in other pods.
#   Kubernetes allows it to privileged containers alone, since it can replace any directory.
# related_resources:
#   - https://kubernetes.io/docs/concepts/storage/volumes/#mount-propagation
# custom:
#   severity: medium
#   cwe: [668]
#   equivalent:
#     - cis-docker:5.20
#   remediation: Remove mountPropagation, or use HostToContainer where the container only has to see what the node mounts.
#   bad: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#           volumeMounts: [{name: mnt, mountPath: /mnt, mountPropagation: Bidirectional}]
#   good: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#           volumeMounts: [{name: mnt, mountPath: /mnt, mountPropagation: HostToContainer}]
package policies.kubernetes.mount_propagation

deny contains {"at": ["containers", i, "mounts", j, "propagation"], "msg": msg} if {
	some i, c in input.containers
	some j, mount in c.mounts
	mount.propagation == "Bidirectional"
	msg := sprintf("what container %q mounts below %s appears on its node", [c.name, mount.path])
}
