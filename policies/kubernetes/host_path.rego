# METADATA
# title: Pod mounts a directory of its node
# description: >-
#   A hostPath volume is a way around the container: what can be written there changes the node, what
#   can be read there may be other pods' secrets, and links in it may lead further than its path says.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
# custom:
#   severity: medium
#   cwe: [668]
#   equivalent:
#     - pss:baseline/hostPathVolumes
#     - trivy:KSV-0023
#     - kubescape:C-0048
#     - gatekeeper:K8sPSPHostFilesystem
#     - cis-kubernetes:5.2.12
#     - kyverno:disallow-host-path
#     - kics:non kube system pod with host mount
#     - gatekeeper:K8sPSPVolumeTypes
#   remediation: Mount a configMap, a secret, an emptyDir or a persistentVolumeClaim instead.
#   bad: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       volumes:
#         - {name: logs, hostPath: {path: /var/log}}
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#   good: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       volumes:
#         - {name: scratch, emptyDir: {}}
#         - {name: data, persistentVolumeClaim: {claimName: data}}
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
package policies.kubernetes.host_path

deny contains {"at": ["pods", i, "volumes", j], "msg": msg, "properties": {"control": "hostPathVolumes"}} if {
	some i, pod in input.pods
	some j, volume in pod.volumes
	volume.type == "hostPath"
	msg := sprintf("volume %q is the node's %s", [volume.name, volume.host_path])
}
