# METADATA
# title: Pod changes a kernel parameter that is not known to be safe
# description: >-
#   Kubernetes calls a parameter safe where it is the pod's own and cannot harm other pods or the node.
#   The others are not.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
#   - https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/
# custom:
#   severity: medium
#   cwe: [250]
#   equivalent:
#     - pss:baseline/sysctls
#     - trivy:KSV-0026
#     - kube-linter:unsafe-sysctls
#     - gatekeeper:K8sPSPForbiddenSysctls
#     - kyverno:restrict-sysctls
#     - kics:cluster allows unsafe sysctls
#   parameters:
#     allowed:
#       description: Parameters that a pod may set.
#       default:
#         - kernel.shm_rmid_forced
#         - net.ipv4.ip_local_port_range
#         - net.ipv4.ip_local_reserved_ports
#         - net.ipv4.ip_unprivileged_port_start
#         - net.ipv4.ping_group_range
#         - net.ipv4.tcp_fin_timeout
#         - net.ipv4.tcp_keepalive_intvl
#         - net.ipv4.tcp_keepalive_probes
#         - net.ipv4.tcp_keepalive_time
#         - net.ipv4.tcp_notsent_lowat
#         - net.ipv4.tcp_rmem
#         - net.ipv4.tcp_slow_start_after_idle
#         - net.ipv4.tcp_syncookies
#         - net.ipv4.tcp_wmem
#   remediation: Remove the parameter from securityContext.sysctls.
#   bad: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       securityContext:
#         sysctls:
#           - {name: kernel.msgmax, value: "65536"}
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#   good: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       securityContext:
#         sysctls:
#           - {name: net.ipv4.ip_unprivileged_port_start, value: "0"}
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
package policies.kubernetes.sysctl

deny contains {"at": ["pods", i, "security", "sysctls", j], "msg": msg, "properties": {"control": "sysctls"}} if {
	some i, pod in input.pods
	some j, sysctl in pod.security.sysctls
	not sysctl.name in data.parameters.kubernetes.sysctl.allowed
	msg := sprintf("the pod sets the kernel parameter %s", [sysctl.name])
}
