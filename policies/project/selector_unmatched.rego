# METADATA
# title: Selector picks none of the workloads beside it
# description: >-
#   A Service without pods answers nobody, a network policy without pods protects nothing, and a
#   disruption budget without pods holds nothing up: mostly a label was renamed in one place.
# related_resources:
#   - https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/
# custom:
#   severity: low
#   equivalent:
#     - kube-linter:dangling-service
#     - kube-linter:dangling-networkpolicy
#     - kubescape:C-0293
#     - kubescape:C-0299
#     - kics:service does not target pod
#     - kics:network policy is not targeting any pod
#   remediation: Give the selector the labels of the pods that are meant.
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
#           containers:
#             - name: ledger
#               image: ledger:1.4.2
#     -- service.yaml --
#     apiVersion: v1
#     kind: Service
#     metadata: {name: ledger, namespace: payments}
#     spec: {selector: {app: legder}, ports: [{port: 80}]}
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
#     -- service.yaml --
#     apiVersion: v1
#     kind: Service
#     metadata: {name: ledger, namespace: payments}
#     spec: {selector: {app: ledger}, ports: [{port: 80}]}
#     -- other.yaml --
#     apiVersion: v1
#     kind: Service
#     metadata: {name: ledger, namespace: books}
#     spec: {selector: {app: other}, ports: [{port: 80}]}
package policies.project.selector_unmatched

import data.policies.lib.workload

deny contains {"at": array.concat(["kubernetes", i], at), "msg": msg} if {
	not workload.rendered
	some [i, at, selector] in selectors
	doc := input.kubernetes[i]
	not doc.patch
	doc.namespace in neighbours
	not picks(selector, doc.namespace)
	msg := sprintf("%s %q selects none of the pods of the tree", [doc.kind, doc.name])
}

selectors contains [i, ["services", j, "selector"], {"everything": false, "labels": service.selector, "expressions": []}] if {
	some i, doc in input.kubernetes
	some j, service in doc.services
	count(service.selector) > 0
}

selectors contains [i, ["network_policies", j, "selector"], policy.selector] if {
	some i, doc in input.kubernetes
	some j, policy in doc.network_policies
	not policy.selector.everything
}

selectors contains [i, ["budgets", j, "selector"], budget.selector] if {
	some i, doc in input.kubernetes
	some j, budget in doc.budgets
	not budget.selector.everything
}

# Only where the tree has workloads of exactly this namespace can it be said that the one that is meant is missing.
neighbours contains doc.namespace if {
	some doc in input.kubernetes
	count(doc.pods) > 0
}

picks(selector, namespace) if {
	some place in workload.selected(selector)
	workload.near(namespace, input.kubernetes[place[0]].namespace)
}
