# METADATA
# title: Pod shares a namespace with its node
# description: >-
#   With hostNetwork a pod sees the node's network and everything that listens on its loopback; with
#   hostPID it sees, and with the right capability stops and reads, the node's processes; with hostIPC
#   it reaches their shared memory.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
# custom:
#   severity: high
#   cwe: [668]
#   equivalent:
#     - pss:baseline/hostNamespaces
#     - trivy:KSV-0008
#     - trivy:KSV-0009
#     - trivy:KSV-0010
#     - checkov:CKV_K8S_17
#     - checkov:CKV_K8S_18
#     - checkov:CKV_K8S_19
#     - kube-linter:host-ipc
#     - kube-linter:host-network
#     - kube-linter:host-pid
#     - kubescape:C-0038
#     - kubescape:C-0041
#     - gatekeeper:K8sPSPHostNamespace
#     - gatekeeper:K8sPSPHostNetworkingPorts
#     - cis-kubernetes:5.2.3
#     - cis-kubernetes:5.2.4
#     - cis-kubernetes:5.2.5
#     - kyverno:disallow-host-namespaces
#     - kics:shared host ipc namespace
#     - kics:shared host pid namespace
#     - kics:shared host network namespace
#   remediation: Remove hostNetwork, hostPID and hostIPC from the pod; publish a port by a Service.
#   bad: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       hostNetwork: true
#       hostPID: true
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#   good: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       hostNetwork: false
#       hostIPC: false
#       shareProcessNamespace: true
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
package policies.kubernetes.host_namespace

# shared are the facts about namespaces, and their fields.
shared := {"host_network": "hostNetwork", "host_pid": "hostPID", "host_ipc": "hostIPC"}

deny contains {"at": ["pods", i, fact], "msg": msg, "properties": {"control": "hostNamespaces"}} if {
	some i, pod in input.pods
	some fact, field in shared
	pod[fact]
	msg := sprintf("the pod shares a namespace with its node: %s is true", [field])
}
