# METADATA
# title: Kubeconfig does not verify the cluster
# description: >-
#   Whoever is on the way answers as the API server, and gets the credentials of all who use the file.
# custom:
#   severity: high
#   cwe: [295]
#   remediation: Give the certificate of the authority in certificate-authority-data, and remove insecure-skip-tls-verify.
#   bad: |
#     apiVersion: v1
#     kind: Config
#     clusters: [{name: production, cluster: {server: "https://k8s.example.com", insecure-skip-tls-verify: true}}]
#   good: |
#     apiVersion: v1
#     kind: Config
#     clusters: [{name: production, cluster: {server: "https://k8s.example.com", certificate-authority: ca.crt}}]
package policies.kubernetes.kubeconfig_insecure

deny contains {"at": ["clusters", i], "msg": msg} if {
	some i, cluster in input.clusters
	cluster.insecure
	msg := sprintf("nobody verifies that %s is the cluster %q", [cluster.server, cluster.name])
}
