# METADATA
# title: Container waits for somebody at a terminal
# description: >-
#   A service has nobody who types. An open terminal serves who attaches to the container, and does what
#   they type with the container's rights.
# custom:
#   severity: low
#   cwe: [489]
#   equivalent:
#     - gatekeeper:K8sDisallowInteractiveTTY
#   remediation: Remove stdin and tty; use kubectl debug to look into a pod.
#   bad: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#           stdin: true
#           tty: true
#   good: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#           tty: false
package policies.kubernetes.interactive

deny contains {"at": ["containers", i, "interactive"], "msg": msg} if {
	some i, c in input.containers
	c.interactive
	c.list != "ephemeralContainers" # they are made for it
	msg := sprintf("container %q has a terminal or an open standard input", [c.name])
}
