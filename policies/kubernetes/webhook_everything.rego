# METADATA
# title: Webhook is asked about everything
# description: >-
#   When a webhook for all objects of all namespaces is down, nothing can be changed any more: not the
#   nodes' leases, and not what would bring it back. A mutating one sees and may rewrite every Secret.
# related_resources:
#   - https://kubernetes.io/docs/concepts/cluster-administration/admission-webhooks-good-practices/
# custom:
#   severity: medium
#   cwe: [1188]
#   remediation: List the resources, and leave out kube-system and the namespace of the webhook by a namespaceSelector.
#   bad: |
#     apiVersion: admissionregistration.k8s.io/v1
#     kind: ValidatingWebhookConfiguration
#     metadata: {name: policy}
#     webhooks:
#       - {name: policy.example.com, sideEffects: None, admissionReviewVersions: [v1], clientConfig: {service: {name: policy, namespace: policy}}, rules: [{apiGroups: ["*"], apiVersions: ["*"], resources: ["*/*"], operations: [CREATE]}]}
#   good: |
#     apiVersion: admissionregistration.k8s.io/v1
#     kind: ValidatingWebhookConfiguration
#     metadata: {name: policy}
#     webhooks:
#       - {name: policy.example.com, sideEffects: None, admissionReviewVersions: [v1], clientConfig: {service: {name: policy, namespace: policy}}, namespaceSelector: {matchExpressions: [{key: kubernetes.io/metadata.name, operator: NotIn, values: [kube-system, policy]}]}, rules: [{apiGroups: ["*"], apiVersions: ["*"], resources: ["*"], operations: [CREATE]}]}
package policies.kubernetes.webhook_everything

deny contains {"at": ["webhooks", i], "msg": msg} if {
	some i, webhook in input.webhooks
	webhook.everything
	webhook.failure_policy == "Fail"
	msg := sprintf("%s is asked about every object of every namespace", [webhook.name])
}
