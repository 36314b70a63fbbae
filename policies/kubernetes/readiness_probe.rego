# METADATA
# title: Container that takes requests has no readiness probe
# description: >-
#   Requests go to the container while it starts, and while it waits for what it depends on: every
#   rollout answers some of them with errors.
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
# custom:
#   severity: low
#   equivalent:
#     - checkov:CKV_K8S_9
#     - kube-linter:no-readiness-probe
#     - kubescape:C-0018
#     - gatekeeper:K8sRequiredProbes
#     - kyverno:require-probes
#     - kics:readiness probe is not configured
#   remediation: Add a readinessProbe that says whether the container can answer.
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
package policies.kubernetes.readiness_probe

deny contains {"at": ["containers", i, "handlers"], "msg": msg} if {
	some i, c in input.containers
	c.watched
	c.serves
	not probed(c)
	msg := sprintf("container %q takes requests and has no readiness probe", [c.name])
}

probed(c) if {
	some handler in c.handlers
	handler.name == "readinessProbe"
}

# What a patch does not say stands in the object under it.
probed(_) if input.patch
