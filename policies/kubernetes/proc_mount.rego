# METADATA
# title: Container sees all of /proc
# description: >-
#   Without the runtime's masks a container reads and writes parts of /proc that are the node's: kernel
#   settings, keys, timers. In a user namespace of its own it cannot harm the node with them.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
# custom:
#   severity: high
#   cwe: [668]
#   equivalent:
#     - pss:baseline/procMount
#     - pss:restricted/procMount_restricted
#     - trivy:KSV-0027
#     - kube-linter:unsafe-proc-mount
#     - gatekeeper:K8sPSPProcMount
#     - kyverno:disallow-proc-mount
#     - kics:container runs unmasked
#   parameters:
#     user_namespaces:
#       description: Whether a pod with a user namespace of its own may.
#       default: true
#   remediation: Remove procMount, or set it to Default.
#   bad: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#           securityContext: {procMount: Unmasked}
#   good: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       hostUsers: false
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#           securityContext: {procMount: Unmasked}
package policies.kubernetes.proc_mount

deny contains {"at": ["containers", i, "security", "proc_mount"], "msg": msg, "properties": {"control": "procMount"}} if {
	some i, c in input.containers
	not c.security.proc_mount in {"", "Default"}
	not own_users(input.pods[c.pod])
	msg := sprintf("container %q sees /proc without masks: procMount is %s", [c.name, c.security.proc_mount])
}

own_users(pod) if {
	data.parameters.kubernetes.proc_mount.user_namespaces
	not pod.host_users
}
