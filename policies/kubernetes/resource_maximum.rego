# METADATA
# title: Container may use more than is allowed
# description: >-
#   One container that may take a whole node starves what else runs there. Without configured bounds
#   nothing is judged.
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
# custom:
#   severity: low
#   cwe: [770]
#   equivalent:
#     - gatekeeper:K8sContainerRatios
#     - gatekeeper:K8sContainerLimits
#     - gatekeeper:K8sContainerEphemeralStorageLimit
#     - kics:container cpu requests not equal limits
#     - kics:container memory requests not equal limits
#     - kics:container requests not equal limits
#   parameters:
#     cores:
#       description: The most cores of a container; 0 is any number.
#       default: 0
#       example: 4
#     memory_mib:
#       description: The most memory of a container, in MiB; 0 is any amount.
#       default: 0
#     storage_mib:
#       description: The most ephemeral storage of a container, in MiB; 0 is any amount.
#       default: 0
#     cpu_ratio:
#       description: How often the request of CPU may go into its limit; 0 is any number.
#       default: 0
#     memory_ratio:
#       description: How often the request of memory may go into its limit; 0 is any number.
#       default: 0
#   remediation: Lower the limit, or raise the request towards it.
#   bad: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#           resources:
#             limits: {cpu: "8", memory: 16Gi}
#   good: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#           resources:
#             requests: {cpu: 50m, memory: 64Mi}
#             limits: {cpu: 100m, memory: 64Mi}
package policies.kubernetes.resource_maximum

deny contains {"at": ["containers", i, "resources", bound.at], "msg": msg} if {
	some bound in bounds
	some i, c in input.containers
	c.resources[bound.value] > bound.most * bound.unit
	msg := sprintf("container %q exceeds %s, which is %v", [c.name, bound.name, bound.most])
}

bounds := [bound |
	some bound in [
		{"name": "cores", "most": data.parameters.kubernetes.resource_maximum.cores, "value": "cores", "at": "limits_cpu", "unit": 1},
		{"name": "memory_mib", "most": data.parameters.kubernetes.resource_maximum.memory_mib, "value": "memory", "at": "limits_memory", "unit": 1048576},
		{"name": "storage_mib", "most": data.parameters.kubernetes.resource_maximum.storage_mib, "value": "storage", "at": "limits_storage", "unit": 1048576},
		{"name": "cpu_ratio", "most": data.parameters.kubernetes.resource_maximum.cpu_ratio, "value": "cpu_ratio", "at": "limits_cpu", "unit": 1},
		{"name": "memory_ratio", "most": data.parameters.kubernetes.resource_maximum.memory_ratio, "value": "memory_ratio", "at": "limits_memory", "unit": 1},
	]
	bound.most > 0
]
