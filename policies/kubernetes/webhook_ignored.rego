# METADATA
# title: Webhook is passed by when it does not answer
# description: >-
#   With failurePolicy Ignore whatever the webhook forbids is admitted while it is down, slow, or kept
#   from answering by whoever wants to get past it.
# related_resources:
#   - https://kubernetes.io/docs/concepts/cluster-administration/admission-webhooks-good-practices/
# custom:
#   severity: medium
#   cwe: [636]
#   remediation: Set failurePolicy to Fail, and exclude the namespaces that the cluster cannot do without.
#   bad: |
#     apiVersion: admissionregistration.k8s.io/v1
#     kind: ValidatingWebhookConfiguration
#     metadata: {name: policy}
#     webhooks:
#       - {name: policy.example.com, sideEffects: None, admissionReviewVersions: [v1], clientConfig: {service: {name: policy, namespace: policy}}, failurePolicy: Ignore, rules: [{apiGroups: [""], apiVersions: [v1], resources: [pods], operations: [CREATE]}]}
#   good: |
#     apiVersion: admissionregistration.k8s.io/v1
#     kind: ValidatingWebhookConfiguration
#     metadata: {name: policy}
#     webhooks:
#       - {name: policy.example.com, sideEffects: None, admissionReviewVersions: [v1], clientConfig: {service: {name: policy, namespace: policy}}, failurePolicy: Fail, rules: [{apiGroups: [""], apiVersions: [v1], resources: [pods], operations: [CREATE]}]}
package policies.kubernetes.webhook_ignored

# A webhook that changes objects may well be missing: what it adds is asked for by one that only judges.
deny contains {"at": ["webhooks", i], "msg": msg} if {
	some i, webhook in input.webhooks
	webhook.failure_policy == "Ignore"
	not webhook.mutating
	msg := sprintf("what %s forbids is admitted while it does not answer", [webhook.name])
}
