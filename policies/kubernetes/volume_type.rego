# METADATA
# title: Volume is of a type that the restricted standard does not know
# description: >-
#   The restricted standard knows the volumes that a service needs. Others, such as nfs, iscsi or
#   flexVolume, have drivers that mount them on the node as root, with names and options from the
#   manifest.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
# custom:
#   severity: low
#   cwe: [668]
#   equivalent:
#     - pss:restricted/restrictedVolumes
#     - trivy:KSV-0028
#     - trivy:KSV-0121
#     - gatekeeper:K8sPSPVolumeTypes
#     - kyverno:restrict-volume-types
#     - gatekeeper:K8sPSPFlexVolumes
#   parameters:
#     allowed:
#       description: Types of volumes, by the names of their fields.
#       default: [configMap, csi, downwardAPI, emptyDir, ephemeral, image, persistentVolumeClaim, projected, secret]
#     exact:
#       description: Whether hostPath is judged here too, and not by kubernetes/host_path alone.
#       default: false
#   remediation: Claim the storage by a persistentVolumeClaim, so that who runs the cluster says how it is mounted.
#   bad: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       volumes:
#         - {name: data, nfs: {server: nfs.example.com, path: /data}}
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#   good: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       volumes:
#         - {name: data, persistentVolumeClaim: {claimName: data}}
#         - {name: scratch}
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
package policies.kubernetes.volume_type

deny contains {"at": ["pods", i, "volumes", j], "msg": msg, "properties": {"control": "restrictedVolumes"}} if {
	some i, pod in input.pods
	some j, volume in pod.volumes
	not volume.type in data.parameters.kubernetes.volume_type.allowed
	not judged(volume)
	msg := sprintf("volume %q is of type %s", [volume.name, volume.type])
}

# kubernetes/host_path has said it.
judged(volume) if {
	volume.type == "hostPath"
	not data.parameters.kubernetes.volume_type.exact
}
