# METADATA
# title: ConfigMap holds a secret
# description: >-
#   ConfigMaps are made for what everyone may read: the value stands in the repository, and roles that
#   may not read Secrets may read it in the cluster.
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/configmap/
#   - https://kubernetes.io/docs/concepts/security/secrets-good-practices/
# custom:
#   severity: critical
#   cwe: [312, 798]
#   equivalent:
#     - trivy:KSV-0109
#     - kubescape:C-0012
#     - trivy:KSV-01010
#   non_negotiable: true
#   remediation: Change the secret and move it into a Secret that is made outside the repository.
#   bad: |
#     apiVersion: v1
#     kind: ConfigMap
#     metadata: {name: ledger}
#     data:
#       application.properties: |
#         server.port=8080
#         db.password=Tr0ub4dor-3x
#   good: |
#     apiVersion: v1
#     kind: ConfigMap
#     metadata: {name: ledger}
#     data:
#       TOKEN_URL: https://id.example.com/token
#       application.properties: |
#         server.port=8080
#         db.password=${DB_PASSWORD}
package policies.kubernetes.secret_configmap

deny contains {"at": entry.at, "msg": msg} if {
	input.kind == "ConfigMap"
	some entry in input.entries
	entry.secret.found
	msg := sprintf("ConfigMap %q holds a secret under %q: %s (%s)", [input.name, entry.name, entry.secret.masked, entry.secret.reason])
}
