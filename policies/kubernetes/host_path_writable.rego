# METADATA
# title: Container can write where its node keeps what it runs on
# description: >-
#   What a container changes in such a directory the node executes, believes or hands on: a job for
#   cron, a key for root, a static pod, another pod's volume.
# related_resources:
#   - https://kubernetes.io/docs/concepts/storage/volumes/#hostpath
# custom:
#   severity: high
#   cwe: [732, 668]
#   equivalent:
#     - kube-linter:sensitive-host-mounts
#     - kube-linter:writable-host-mount
#     - kubescape:C-0045
#     - kubescape:C-0020
#     - kics:volume mount with os directory write permissions
#     - kics:workload mounting with sensitive os directory
#   remediation: Mount the directory read-only, or only the part below it that the container writes, or use a volume that is no hostPath.
#   bad: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       volumes: [{name: etc, hostPath: {path: /etc}}]
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#           volumeMounts: [{name: etc, mountPath: /host/etc}]
#   good: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       volumes:
#         - {name: etc, hostPath: {path: /etc}}
#         - {name: logs, hostPath: {path: /var/log/ledger}}
#         - {name: run, hostPath: {path: /run/ledger}}
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#           volumeMounts: [{name: etc, mountPath: /host/etc, readOnly: true}, {name: logs, mountPath: /var/log}, {name: run, mountPath: /run/ledger}]
package policies.kubernetes.host_path_writable

deny contains {"at": ["containers", i, "mounts", j], "msg": msg} if {
	some i, c in input.containers
	some j, mount in c.mounts
	not mount.read_only
	volume := input.pods[c.pod].volumes[mount.volume]
	volume.owns != ""
	not volume.socket # kubernetes/runtime_socket says it
	msg := sprintf("container %q can write to %s of its node: %s", [c.name, volume.host_path, volume.owns])
}
