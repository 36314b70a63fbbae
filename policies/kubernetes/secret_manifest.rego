# METADATA
# title: Secret is committed in plain
# description: >-
#   Base64 is an encoding and hides nothing: whoever can read the repository, its history or a build log
#   has the secret. A Secret belongs into a repository only sealed, encrypted or as a reference.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/secrets-good-practices/#avoid-sharing-secret-manifests
#   - https://external-secrets.io/latest/
# custom:
#   severity: critical
#   cwe: [312, 798]
#   equivalent:
#     - kubescape:C-0012
#     - kics:passwords and secrets
#   non_negotiable: true
#   remediation: Change the secret, remove the manifest, and commit a SealedSecret, an ExternalSecret or a file encrypted with SOPS in its place.
#   bad: |
#     apiVersion: v1
#     kind: Secret
#     metadata: {name: ledger}
#     data:
#       username: bGVkZ2Vy
#       password: VHIwdWI0ZG9yLTN4
#   good: |
#     apiVersion: v1
#     kind: Secret
#     metadata: {name: ledger}
#     stringData:
#       username: ledger
#       password: ${LEDGER_PASSWORD}
#     ---
#     apiVersion: bitnami.com/v1alpha1
#     kind: SealedSecret
#     metadata: {name: ledger}
#     spec:
#       encryptedData: {password: AgBy3i4OJSWK+PiTySYZZA9rO43cGDEq}
package policies.kubernetes.secret_manifest

deny contains {"at": entry.at, "msg": msg} if {
	input.kind == "Secret"
	not input.live
	some entry in input.entries
	entry.secret.found
	msg := sprintf("Secret %q is in the repository with its value %q: %s (%s)", [input.name, entry.name, entry.secret.masked, entry.secret.reason])
}
