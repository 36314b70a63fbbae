# METADATA
# title: Kubeconfig holds a credential
# description: >-
#   Whoever can read the repository is that user in the cluster, until the credential expires, which
#   those of service accounts and many certificates do not do for years.
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/
# custom:
#   severity: critical
#   cwe: [798, 312]
#   equivalent:
#     - kubescape:C-0259
#   remediation: Revoke the credential, and let the kubeconfig name a command or a file that has one.
#   bad: |
#     apiVersion: v1
#     kind: Config
#     clusters: [{name: production, cluster: {server: "https://k8s.example.com"}}]
#     users:
#       - name: ci
#         user: {token: Tr0ub4dor3xTr0ub4dor3xQ9}
#   good: |
#     apiVersion: v1
#     kind: Config
#     clusters: [{name: production, cluster: {server: "https://k8s.example.com"}}]
#     users:
#       - {name: ci, user: {tokenFile: /run/secrets/token}}
#       - {name: rendered, user: {token: "${TOKEN}"}}
package policies.kubernetes.kubeconfig_secret

deny contains {"at": entry.at, "msg": msg} if {
	input.kind == "Config"
	some entry in input.entries
	entry.secret.found
	msg := sprintf("the kubeconfig holds a %s: %s (%s)", [entry.name, entry.secret.masked, entry.secret.reason])
}
