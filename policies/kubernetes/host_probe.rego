# METADATA
# title: Probe or hook asks another host
# description: >-
#   The kubelet sends probes and hooks from the node. With a host of its own, a probe makes it call any
#   address that the node reaches, such as the cloud's metadata service.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
# custom:
#   severity: medium
#   cwe: [918]
#   equivalent:
#     - pss:baseline/hostProbesAndHostLifecycle
#     - gatekeeper:K8sPSPHostProbesLifecycle
#   remediation: Remove host from httpGet and tcpSocket, so that the pod itself is asked.
#   bad: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#           livenessProbe:
#             httpGet: {host: 169.254.169.254, path: /latest, port: 80}
#   good: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#           livenessProbe:
#             httpGet: {path: /healthz, port: 8080}
#           lifecycle:
#             preStop: {sleep: {seconds: 5}}
package policies.kubernetes.host_probe

deny contains {"at": ["containers", i, "handlers", j, "host"], "msg": msg, "properties": {"control": "hostProbesAndHostLifecycle"}} if {
	some i, c in input.containers
	some j, handler in c.handlers
	handler.host != ""
	msg := sprintf("the %s of container %q asks %s", [handler.name, c.name, handler.host])
}
