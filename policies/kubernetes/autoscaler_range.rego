# METADATA
# title: Autoscaler has nothing to choose from
# description: >-
#   Where the least is the most, or below what is demanded, the number of pods is not what the load
#   needs.
# related_resources:
#   - https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
# custom:
#   severity: low
#   equivalent:
#     - kube-linter:hpa-minimum-three-replicas
#     - gatekeeper:K8sHorizontalPodAutoscaler
#   parameters:
#     minimum:
#       description: The lowest minReplicas that is allowed; 0 is any.
#       default: 0
#       stricter: higher
#   remediation: Set minReplicas to what has to run at all times, and maxReplicas above it.
#   bad: |
#     apiVersion: autoscaling/v2
#     kind: HorizontalPodAutoscaler
#     metadata: {name: ledger}
#     spec: {minReplicas: 3, maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: ledger}}
#   good: |
#     apiVersion: autoscaling/v2
#     kind: HorizontalPodAutoscaler
#     metadata: {name: ledger}
#     spec: {minReplicas: 3, maxReplicas: 10, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: ledger}}
package policies.kubernetes.autoscaler_range

deny contains {"at": ["autoscalers", i, "max"], "msg": msg} if {
	some i, scaler in input.autoscalers
	scaler.max <= scaler.min
	msg := sprintf("the autoscaler goes from %d to %d", [scaler.min, scaler.max])
}

deny contains {"at": ["autoscalers", i, "min"], "msg": msg} if {
	some i, scaler in input.autoscalers
	least := data.parameters.kubernetes.autoscaler_range.minimum
	scaler.min < least
	msg := sprintf("the autoscaler goes down to %d, below %d", [scaler.min, least])
}
