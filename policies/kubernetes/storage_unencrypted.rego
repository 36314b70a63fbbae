# METADATA
# title: Storage class makes disks without encryption
# description: >-
#   Who gets at a disk, a snapshot or a copy of it at the provider reads what the pods wrote.
# custom:
#   severity: medium
#   cwe: [311]
#   equivalent:
#     - kubescape:C-0264
#   remediation: Set the parameter encrypted to "true".
#   bad: |
#     apiVersion: storage.k8s.io/v1
#     kind: StorageClass
#     metadata: {name: ledger}
#     provisioner: ebs.csi.aws.com
#     parameters: {type: gp3, encrypted: "false"}
#   good: |
#     apiVersion: storage.k8s.io/v1
#     kind: StorageClass
#     metadata: {name: ledger}
#     provisioner: ebs.csi.aws.com
#     parameters: {type: gp3, encrypted: "true"}
package policies.kubernetes.storage_unencrypted

deny contains {"at": ["object", "parameters", "encrypted"], "msg": "the parameter encrypted is false"} if {
	input.kind == "StorageClass"
	lower(input.object.parameters.encrypted) == "false"
}
