# METADATA
# title: Container that takes requests has no liveness probe
# description: >-
#   A process that hangs stays, since nobody notices: Kubernetes restarts what ends, and what a liveness
#   probe finds dead.
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
# custom:
#   severity: low
#   equivalent:
#     - checkov:CKV_K8S_8
#     - kube-linter:no-liveness-probe
#     - kubescape:C-0056
#     - gatekeeper:K8sRequiredProbes
#     - kyverno:require-probes
#     - kics:liveness probe is not defined
#   remediation: Add a livenessProbe that asks the process alone, and none of what it depends on.
#   bad: |
#     apiVersion: apps/v1
#     kind: Deployment
#     metadata: {name: ledger}
#     spec:
#       selector: {matchLabels: {app: ledger}}
#       template:
#         metadata: {labels: {app: ledger}}
#         spec:
#           containers:
#             - name: ledger
#               image: ledger:1.4.2
#               ports: [{containerPort: 8080}]
#   good: |
#     apiVersion: apps/v1
#     kind: Deployment
#     metadata: {name: ledger}
#     spec:
#       selector: {matchLabels: {app: ledger}}
#       template:
#         metadata: {labels: {app: ledger}}
#         spec:
#           initContainers:
#             - {name: setup, image: "ledger:1.4.2", ports: [{containerPort: 8080}]}
#           containers:
#             - name: ledger
#               image: ledger:1.4.2
#               ports: [{name: http, containerPort: 8080}]
#               livenessProbe: {httpGet: {path: /healthz, port: http}}
#               readinessProbe: {httpGet: {path: /readyz, port: http}}
#     ---
#     apiVersion: apps/v1
#     kind: Deployment
#     metadata: {name: worker}
#     spec:
#       selector: {matchLabels: {app: ledger}}
#       template:
#         metadata: {labels: {app: ledger}}
#         spec:
#           containers:
#             - name: ledger
#               image: ledger:1.4.2
#               ports: [{name: metrics, containerPort: 9090}]
#     ---
#     apiVersion: batch/v1
#     kind: Job
#     metadata: {name: once}
#     spec:
#       template:
#         spec:
#           restartPolicy: Never
#           containers:
#             - {name: once, image: "ledger:1.4.2", ports: [{containerPort: 8080}]}
package policies.kubernetes.liveness_probe

deny contains {"at": ["containers", i, "handlers"], "msg": msg} if {
	some i, c in input.containers
	c.watched
	c.serves
	not probed(c)
	msg := sprintf("container %q takes requests and has no liveness probe", [c.name])
}

probed(c) if {
	some handler in c.handlers
	handler.name == "livenessProbe"
}

# What a patch does not say stands in the object under it.
probed(_) if input.patch
