# METADATA
# title: Container takes a port of its node
# description: >-
#   A host port is reachable from wherever the node is, past Services and network policies, and two pods
#   with the same one cannot run on one node.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
# custom:
#   severity: medium
#   cwe: [668]
#   equivalent:
#     - pss:baseline/hostPorts
#     - trivy:KSV-0024
#     - checkov:CKV_K8S_26
#     - kubescape:C-0044
#     - gatekeeper:K8sPSPHostNetworkingPorts
#     - cis-kubernetes:5.2.13
#     - kyverno:disallow-host-ports
#     - kyverno:disallow-host-ports-range
#   remediation: Remove hostPort and publish the port by a Service.
#   bad: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#           ports:
#             - {containerPort: 8080, hostPort: 80}
#   good: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#           ports:
#             - {containerPort: 8080}
#             - {containerPort: 9090, hostPort: 0}
package policies.kubernetes.host_port

deny contains {"at": ["containers", i, "ports", j, "host_port"], "msg": msg, "properties": {"control": "hostPorts"}} if {
	some i, c in input.containers
	some j, port in c.ports
	port.host_port != 0
	msg := sprintf("container %q takes port %d of its node", [c.name, port.host_port])
}
