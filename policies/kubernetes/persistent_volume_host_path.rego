# METADATA
# title: Persistent volume is a directory of a node
# description: >-
#   Pods that claim the volume write to the node as with a hostPath of their own, and no policy for pods
#   sees it. The data is on whichever node the pod happens to run.
# related_resources:
#   - https://kubernetes.io/docs/concepts/storage/persistent-volumes/#types-of-persistent-volumes
# custom:
#   severity: medium
#   cwe: [668]
#   remediation: Use a storage class with a CSI driver, or a local volume with node affinity.
#   bad: |
#     apiVersion: v1
#     kind: PersistentVolume
#     metadata: {name: ledger}
#     spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], hostPath: {path: /data}}
#   good: |
#     apiVersion: v1
#     kind: PersistentVolume
#     metadata: {name: ledger}
#     spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], csi: {driver: csi.example.com, volumeHandle: a}}
package policies.kubernetes.persistent_volume_host_path

deny contains {"at": ["object", "spec", "hostPath"], "msg": msg} if {
	input.kind == "PersistentVolume"
	path := input.object.spec.hostPath.path
	msg := sprintf("the volume is the node's %v", [path])
}
