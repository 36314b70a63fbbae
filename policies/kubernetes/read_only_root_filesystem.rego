# METADATA
# title: Container can write to its root file system
# description: >-
#   Whoever gets to run code in the container can replace its programs and keep tools there. With a
#   read-only root file system the container stays what was built and scanned; what it must write goes
#   into volumes.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
#   - https://kubernetes.io/docs/concepts/storage/volumes/#emptydir
# custom:
#   severity: high
#   cwe: [732]
#   equivalent:
#     - trivy:KSV-0014
#     - checkov:CKV_K8S_22
#     - kube-linter:no-read-only-root-fs
#     - kubescape:C-0017
#     - gatekeeper:K8sPSPReadOnlyRootFilesystem
#     - semgrep:writable-filesystem-container
#     - kyverno:require-ro-rootfs
#     - kics:root container not mounted as read-only
#   non_negotiable: true
#   remediation: Set readOnlyRootFilesystem to true in the container's securityContext, and mount an emptyDir where it must write.
#   bad: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       securityContext: {runAsNonRoot: true}
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#   good: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#           securityContext: {readOnlyRootFilesystem: true}
#           volumeMounts: [{name: tmp, mountPath: /tmp}]
#       volumes: [{name: tmp, emptyDir: {}}]
package policies.kubernetes.read_only_root_filesystem

deny contains {"at": c.read_only_root.at, "msg": msg} if {
	some c in input.containers
	not c.read_only_root.ok
	msg := sprintf("container %q %s", [c.name, c.read_only_root.reason])
}
