# METADATA
# title: Workload is open to every pod of the cluster
# description: >-
#   Without a network policy that selects it, a pod takes connections from everywhere in the cluster:
#   whoever breaks into one workload reaches all others.
# related_resources:
#   - https://kubernetes.io/docs/concepts/services-networking/network-policies/
# custom:
#   severity: medium
#   cwe: [923]
#   equivalent:
#     - checkov:CKV2_K8S_6
#     - kube-linter:non-isolated-pod
#     - kubescape:C-0030
#     - kubescape:C-0049
#     - kubescape:C-0054
#     - kubescape:C-0260
#     - kyverno:add-network-policy
#     - cis-kubernetes:5.3.2
#     - kics:pod misconfigured networkpolicy
#   remediation: Add a NetworkPolicy that selects the pods and names who may reach them.
#   bad: |
#     -- deploy/ledger.yaml --
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
#     -- deploy/policy.yaml --
#     apiVersion: networking.k8s.io/v1
#     kind: NetworkPolicy
#     metadata: {name: other, namespace: payments}
#     spec: {podSelector: {matchLabels: {app: other}}, policyTypes: [Ingress], ingress: []}
#   good: |
#     -- deploy/ledger.yaml --
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
#     -- deploy/policy.yaml --
#     apiVersion: networking.k8s.io/v1
#     kind: NetworkPolicy
#     metadata: {name: ledger, namespace: payments}
#     spec: {podSelector: {matchLabels: {app: ledger}}, policyTypes: [Ingress], ingress: []}
package policies.project.network_policy_missing

import data.policies.lib.workload

deny contains {"at": ["kubernetes", i, "pods", j], "msg": msg, "related": beside(doc.namespace)} if {
	not workload.rendered
	not elsewhere
	some i, doc in input.kubernetes
	some j, pod in doc.pods
	not doc.patch
	not pod.host_network # network policies do not apply there
	not closed[[i, j]]
	msg := sprintf("no network policy of the tree selects the pods of %s %q", [doc.kind, doc.name])
}

closed contains place if {
	some doc in input.kubernetes
	some policy in doc.network_policies
	policy.ingress
	some place in workload.selected(policy.selector)
	workload.near(doc.namespace, input.kubernetes[place[0]].namespace)
}

# Policies of network plugins select in words of their own.
elsewhere if {
	some doc in input.kubernetes
	doc.kind in {
		"CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy", "GlobalNetworkPolicy", "AdminNetworkPolicy", "BaselineAdminNetworkPolicy",
		"ClusterNetworkPolicy",
	}
}

elsewhere if {
	some doc in input.kubernetes
	contains(doc.api_version, "projectcalico.org/")
}

beside(namespace) := [place | some place in policies_of[namespace]]

policies_of[doc.namespace] contains ["kubernetes", i] if {
	some i, doc in input.kubernetes
	count(doc.network_policies) > 0
}
