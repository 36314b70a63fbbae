# METADATA
# title: Probe asks a port that the container does not name
# description: >-
#   A probe at a name that no port of the container has fails every time; one at a number that is not
#   among the ports is mostly a mistake, and misleads whoever reads the manifest.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
# custom:
#   severity: low
#   equivalent:
#     - kube-linter:liveness-port
#     - kube-linter:readiness-port
#     - kube-linter:startup-port
#   remediation: Name a port of the container in the probe.
#   bad: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#           ports: [{name: http, containerPort: 8080}]
#           livenessProbe: {httpGet: {path: /healthz, port: health}}
#   good: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#           ports: [{name: http, containerPort: 8080}]
#           livenessProbe: {httpGet: {path: /healthz, port: http}}
#           readinessProbe: {tcpSocket: {port: 8080}}
#           startupProbe: {exec: {command: [ready]}}
#           lifecycle: {preStop: {httpGet: {path: /drain, port: 9}}}
package policies.kubernetes.probe_port

deny contains {"at": ["containers", i, "handlers", j, "port"], "msg": msg} if {
	some i, c in input.containers
	count(c.ports) > 0
	some j, handler in c.handlers
	handler.name in {"livenessProbe", "readinessProbe", "startupProbe"}
	not handler.port in {"", "0"}
	handler.host == ""
	not has(c, handler.port)
	msg := sprintf("the %s of container %q asks the port %s, which is not among its ports", [handler.name, c.name, handler.port])
}

has(c, port) if {
	some p in c.ports
	port in {p.name, format_int(p.number, 10)}
}

has(_, _) if input.patch
