# METADATA
# title: Pod mounts the socket of the container runtime
# description: >-
#   Whoever may write to the socket starts any container on the node, also one with the whole node
#   mounted: that is root there, whatever the pod itself may do.
# related_resources:
#   - https://kubernetes.io/docs/concepts/storage/volumes/#hostpath
# custom:
#   severity: high
#   cwe: [250, 668]
#   equivalent:
#     - trivy:KSV-0006
#     - checkov:CKV_K8S_27
#     - kube-linter:docker-sock
#     - kubescape:C-0074
#     - kyverno:disallow-cri-sock-mount
#     - kics:docker daemon socket is exposed to containers
#   remediation: Remove the volume; build images with a tool that needs no runtime, and read what runs from the API server.
#   bad: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       volumes:
#         - {name: docker, hostPath: {path: /var/run/docker.sock}}
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#   good: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       volumes:
#         - {name: zoneinfo, hostPath: {path: /usr/share/zoneinfo}}
#         - {name: socket, emptyDir: {}}
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
package policies.kubernetes.runtime_socket

deny contains {"at": ["pods", i, "volumes", j], "msg": msg} if {
	some i, pod in input.pods
	some j, volume in pod.volumes
	volume.socket
	msg := sprintf("volume %q is %s of the node", [volume.name, volume.host_path])
}
