# METADATA
# title: Manifest and autoscaler both say how many pods there are
# description: >-
#   Each time the manifest is applied the number jumps to what it says, whatever the load is, until the
#   autoscaler moves it back.
# related_resources:
#   - https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#migrating-deployments-and-statefulsets-to-horizontal-autoscaling
# custom:
#   severity: low
#   equivalent:
#     - kics:hpa targeted deployments with configured replica count
#   remediation: Remove replicas from what the autoscaler scales.
#   bad: |
#     -- ledger.yaml --
#     apiVersion: apps/v1
#     kind: Deployment
#     metadata: {name: ledger, namespace: payments}
#     spec:
#       replicas: 3
#       selector: {matchLabels: {app: ledger}}
#       template:
#         metadata: {labels: {app: ledger}}
#         spec:
#           containers:
#             - name: ledger
#               image: ledger:1.4.2
#     -- scaler.yaml --
#     apiVersion: autoscaling/v2
#     kind: HorizontalPodAutoscaler
#     metadata: {name: ledger, namespace: payments}
#     spec: {minReplicas: 3, maxReplicas: 9, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: ledger}}
#   good: |
#     -- ledger.yaml --
#     apiVersion: apps/v1
#     kind: Deployment
#     metadata: {name: ledger, namespace: payments}
#     spec:
#       selector: {matchLabels: {app: ledger}}
#       template:
#         metadata: {labels: {app: ledger}}
#         spec:
#           containers:
#             - name: ledger
#               image: ledger:1.4.2
#     -- scaler.yaml --
#     apiVersion: autoscaling/v2
#     kind: HorizontalPodAutoscaler
#     metadata: {name: ledger, namespace: payments}
#     spec: {minReplicas: 3, maxReplicas: 9, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: ledger}}
package policies.project.scaled_replicas

deny contains {"at": ["kubernetes", i, "workload", "replicas"], "msg": msg, "related": [["kubernetes", k, "autoscalers", 0, "target"]]} if {
	some [kind, name, namespace, k] in targets
	some i, doc in input.kubernetes
	doc.workload.replicas.set
	[doc.kind, doc.name, doc.namespace] == [kind, name, namespace]
	msg := sprintf("replicas is %d, and an autoscaler sets it", [doc.workload.replicas.value])
}

targets contains [scaler.target_kind, scaler.target, doc.namespace, k] if {
	some k, doc in input.kubernetes
	some scaler in doc.autoscalers
}
