# METADATA
# title: Container offers SSH
# description: >-
#   Who needs a shell in a pod has kubectl exec, which the API server grants and records. A server of
#   its own has keys, accounts and weaknesses of its own, and no record.
# custom:
#   severity: low
#   equivalent:
#     - kube-linter:ssh-port
#     - kubescape:C-0042
#   remediation: Remove the SSH server and its port.
#   bad: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#           ports: [{containerPort: 22}]
#   good: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#           ports: [{containerPort: 2222}, {containerPort: 22, protocol: UDP}]
package policies.kubernetes.ssh_port

deny contains {"at": ["containers", i, "ports", j], "msg": msg} if {
	some i, c in input.containers
	some j, port in c.ports
	port.number == 22
	port.protocol == "TCP"
	msg := sprintf("container %q listens on port 22, which is SSH", [c.name])
}

deny contains {"at": ["services", i, "ports", j], "msg": "the service leads to port 22, which is SSH"} if {
	some i, service in input.services
	some j, port in service.ports
	"22" in {port.target, format_int(port.number, 10)}
}
