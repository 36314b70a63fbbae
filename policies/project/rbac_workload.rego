# METADATA
# title: Workload may take over the cluster
# description: >-
#   The pods have a token whose account is bound, in every namespace, to a role with which one gets
#   everything: whoever breaks into the container has the cluster.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   severity: high
#   cwe: [269]
#   equivalent:
#     - kubescape:C-0267
#     - kubescape:C-0272
#     - kubescape:C-0255
#   remediation: Bind a role with less, in the namespaces where it is needed, or keep what needs these rights apart.
#   bad: |
#     -- ledger.yaml --
#     apiVersion: apps/v1
#     kind: Deployment
#     metadata: {name: ledger, namespace: payments}
#     spec:
#       selector: {matchLabels: {app: ledger}}
#       template:
#         metadata: {labels: {app: ledger}}
#         spec:
#           serviceAccountName: ledger
#           containers:
#             - name: ledger
#               image: ledger:1.4.2
#     -- role.yaml --
#     apiVersion: rbac.authorization.k8s.io/v1
#     kind: ClusterRole
#     metadata: {name: ledger}
#     rules: [{apiGroups: [""], resources: [secrets], verbs: [get, list]}]
#     -- binding.yaml --
#     apiVersion: rbac.authorization.k8s.io/v1
#     kind: ClusterRoleBinding
#     metadata: {name: ledger}
#     roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ledger}
#     subjects: [{kind: ServiceAccount, name: ledger, namespace: payments}]
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
#           serviceAccountName: ledger
#           containers:
#             - name: ledger
#               image: ledger:1.4.2
#     -- role.yaml --
#     apiVersion: rbac.authorization.k8s.io/v1
#     kind: ClusterRole
#     metadata: {name: ledger}
#     rules: [{apiGroups: [""], resources: [secrets], verbs: [get, list]}]
#     -- binding.yaml --
#     apiVersion: rbac.authorization.k8s.io/v1
#     kind: RoleBinding
#     metadata: {name: ledger, namespace: payments}
#     roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ledger}
#     subjects: [{kind: ServiceAccount, name: ledger, namespace: payments}]
#     -- idle.yaml --
#     apiVersion: apps/v1
#     kind: Deployment
#     metadata: {name: ledger, namespace: payments}
#     spec:
#       selector: {matchLabels: {app: ledger}}
#       template:
#         metadata: {labels: {app: ledger}}
#         spec:
#           serviceAccountName: idle
#           automountServiceAccountToken: false
#           containers:
#             - name: ledger
#               image: ledger:1.4.2
package policies.project.rbac_workload

import data.policies.lib.workload

deny contains {"at": ["kubernetes", i, "pods", j, "service_account"], "msg": msg, "related": [["kubernetes", k, "bindings", 0, "role"], role.at]} if {
	some k, doc in input.kubernetes
	some binding in doc.bindings
	binding.cluster
	some role in takeovers[binding.role]
	some subject in binding.subjects
	subject.kind == "ServiceAccount"
	some [i, j] in users[subject.name]
	workload.near(input.kubernetes[i].namespace, subject.namespace)
	msg := sprintf("%s %q acts as the account %s, which may %s in every namespace", [input.kubernetes[i].kind, input.kubernetes[i].name, subject.name, role.what])
}

takeovers[doc.name] contains {"what": grant.what, "at": ["kubernetes", i, "roles", 0, "grants", j]} if {
	some i, doc in input.kubernetes
	some role in doc.roles
	role.cluster
	some j, grant in role.grants
	grant.power in {
		"everything", "secrets", "escalate", "bind", "impersonate", "nodes_proxy", "tokens", "certificates", "webhooks", "accounts",
		"exec", "workloads",
	}
}

users[pod.service_account] contains [i, j] if {
	some i, doc in input.kubernetes
	some j, pod in doc.pods
	pod.service_account != ""
	not without_token(pod.automount_token)
}

without_token(flag) if {
	flag.set
	not flag.value
}
