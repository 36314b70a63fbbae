# METADATA
# title: Pod writes names into its hosts file
# description: >-
#   An address in a manifest is not what DNS says, and does not change when it does: requests for the
#   name go where somebody once was.
# related_resources:
#   - https://kubernetes.io/docs/tasks/network/customize-hosts-file-for-pods/
# custom:
#   severity: low
#   cwe: [346]
#   equivalent:
#     - trivy:KSV-0007
#   remediation: Remove hostAliases and resolve the name by DNS, or by a Service of type ExternalName.
#   bad: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       hostAliases: [{ip: 192.0.2.7, hostnames: [database.example.com]}]
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#   good: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       hostAliases: []
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
package policies.kubernetes.host_aliases

deny contains {"at": ["pods", i, "host_aliases"], "msg": msg} if {
	some i, pod in input.pods
	count(pod.host_aliases) > 0
	msg := sprintf("the pod has addresses of its own for %s", [concat(", ", pod.host_aliases)])
}
