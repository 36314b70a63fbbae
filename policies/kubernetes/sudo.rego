# METADATA
# title: Container is started by sudo
# description: >-
#   sudo is there to become root, so the container has it, may use it, and needs to gain privileges for
#   it.
# custom:
#   severity: medium
#   cwe: [250]
#   equivalent:
#     - kubescape:C-0062
#   remediation: Set the user by runAsUser, and start the program itself.
#   bad: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#           command: [sh, -c, "sudo ledger --listen 0.0.0.0:80"]
#   good: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#           command: [sh, -c, "echo no sudo here; exec ledger"]
package policies.kubernetes.sudo

deny contains {"at": ["containers", i, "sudo"], "msg": msg} if {
	some i, c in input.containers
	c.sudo
	msg := sprintf("container %q is started by sudo", [c.name])
}
