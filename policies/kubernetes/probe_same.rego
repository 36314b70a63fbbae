# METADATA
# title: Liveness probe asks the same as the readiness probe
# description: >-
#   Readiness fails when something that the container needs is away, and that is right. The same
#   question as liveness probe then restarts every pod at once, which turns a short outage of a
#   dependency into a long one of its own.
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
# custom:
#   severity: low
#   remediation: Let the liveness probe ask whether the process itself is alive, at a path of its own.
#   bad: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#           livenessProbe: {httpGet: {path: /health, port: 8080}}
#           readinessProbe: {httpGet: {path: /health, port: 8080}}
#   good: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#           livenessProbe: {httpGet: {path: /healthz, port: 8080}}
#           readinessProbe: {httpGet: {path: /readyz, port: 8080}}
#     ---
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: database}
#     spec:
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#           livenessProbe: {tcpSocket: {port: 5432}}
#           readinessProbe: {tcpSocket: {port: 5432}}
package policies.kubernetes.probe_same

# Whether a port is open asks for no dependency: for tcpSocket the same question is fine.
deny contains {"at": ["containers", i, "handlers", j], "msg": msg} if {
	some i, c in input.containers
	some j, live in c.handlers
	live.name == "livenessProbe"
	live.type in {"httpGet", "exec", "grpc"}
	some ready in c.handlers
	ready.name == "readinessProbe"
	same(ready, live)
	msg := sprintf("container %q has the same liveness and readiness probe", [c.name])
}

same(a, b) if {
	a.path == b.path
	a.type == b.type
	a.port == b.port
	a.host == b.host
	a.command == b.command
}
