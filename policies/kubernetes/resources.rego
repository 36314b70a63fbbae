# METADATA
# title: Container asks for no resources, or has no limit
# description: >-
#   Without a request the scheduler takes the pod for free and puts it on a full node; without a memory
#   limit one leak takes the neighbours with it. A limit counts as a request too, and what the pod has
#   counts for its containers.
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
# custom:
#   severity: low
#   cwe: [770]
#   equivalent:
#     - trivy:KSV-0011
#     - trivy:KSV-0015
#     - trivy:KSV-0016
#     - trivy:KSV-0018
#     - checkov:CKV_K8S_10
#     - checkov:CKV_K8S_11
#     - checkov:CKV_K8S_12
#     - checkov:CKV_K8S_13
#     - kube-linter:unset-cpu-requirements
#     - kube-linter:unset-memory-requirements
#     - kubescape:C-0268
#     - kubescape:C-0269
#     - kubescape:C-0270
#     - kubescape:C-0271
#     - gatekeeper:K8sContainerLimits
#     - gatekeeper:K8sContainerRequests
#     - gatekeeper:K8sRequiredResources
#     - gatekeeper:K8sContainerEphemeralStorageLimit
#     - kyverno:require-pod-requests-limits
#     - kics:cpu requests not set
#     - kics:cpu limits not set
#     - kics:memory requests not defined
#     - kics:memory limits not defined
#   parameters:
#     required:
#       description: What each container must have, of requests and limits with cpu, memory and ephemeral-storage.
#       default: [requests.cpu, requests.memory, limits.memory]
#   remediation: Set requests.cpu, requests.memory and limits.memory in the resources of the container.
#   bad: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#           resources: {limits: {cpu: 500m}}
#   good: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#           resources:
#             requests: {cpu: 50m}
#             limits: {memory: 64Mi}
package policies.kubernetes.resources

deny contains {"at": ["containers", i, "resources"], "msg": msg} if {
	not input.patch
	required := data.parameters.kubernetes.resources.required
	some i, c in input.containers
	c.list != "ephemeralContainers" # they may have none
	missing := [r | some r in required; not r in c.resources.given]
	count(missing) > 0
	msg := sprintf("container %q has no %s", [c.name, concat(", ", missing)])
}
