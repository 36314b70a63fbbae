# METADATA
# title: Dashboard of the cluster is deployed
# description: >-
#   A web interface to the whole cluster is worth an attack of its own; kubectl shows the same, with the
#   rights of who asks.
# related_resources:
#   - https://kubernetes.io/docs/tasks/access-application-cluster/web-ui-dashboard/
# custom:
#   severity: low
#   equivalent:
#     - checkov:CKV_K8S_33
#     - kubescape:C-0014
#     - kubescape:C-0021
#     - kics:dashboard is enabled
#   remediation: Remove the dashboard, or use one that runs at who looks at it.
#   bad: |
#     apiVersion: apps/v1
#     kind: Deployment
#     metadata: {name: kubernetes-dashboard}
#     spec:
#       selector: {matchLabels: {app: ledger}}
#       template:
#         metadata: {labels: {app: ledger}}
#         spec:
#           containers:
#             - name: ledger
#               image: kubernetesui/dashboard:v2.7.0
#   good: |
#     apiVersion: apps/v1
#     kind: Deployment
#     metadata: {name: dashboard}
#     spec:
#       selector: {matchLabels: {app: ledger}}
#       template:
#         metadata: {labels: {app: ledger}}
#         spec:
#           containers:
#             - name: ledger
#               image: grafana/grafana:11.3.0
package policies.kubernetes.dashboard

deny contains {"at": ["containers", i, "image"], "msg": msg} if {
	some i, c in input.containers
	c.reference.repository in images
	msg := sprintf("container %q is the dashboard of the cluster: %s", [c.name, c.image])
}

images := {
	"kubernetesui/dashboard", "kubernetesui/dashboard-api", "kubernetesui/dashboard-web", "kubernetes-dashboard-amd64",
	"google_containers/kubernetes-dashboard-amd64", "weaveworks/scope",
}
