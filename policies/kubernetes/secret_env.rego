# METADATA
# title: Container's specification holds a secret
# description: >-
#   The value stands in the repository, in etcd and in the output of kubectl for everyone who may read
#   pods, and every child process and crash report inherits it. This goes for environment variables as
#   for commands and arguments.
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/secret/
#   - https://kubernetes.io/docs/concepts/security/secrets-good-practices/
# custom:
#   severity: critical
#   cwe: [798, 526]
#   equivalent:
#     - kube-linter:env-var-secret
#     - kubescape:C-0012
#     - kics:passwords and secrets
#   non_negotiable: true
#   remediation: Change the secret, keep it in a Secret that is made outside the repository, and mount that as a file or name it with secretKeyRef.
#   bad: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#           env:
#             - name: DATABASE_PASSWORD
#               value: Tr0ub4dor-3x
#   good: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#           args: [--token-file, /run/secrets/token]
#           env:
#             - name: DATABASE_PASSWORD
#               valueFrom:
#                 secretKeyRef: {name: ledger, key: password}
#             - name: DATABASE_URL
#               value: postgres://ledger:$(DATABASE_PASSWORD)@db/ledger
package policies.kubernetes.secret_env

deny contains {"at": leak.at, "msg": msg} if {
	some c in input.containers
	some leak in c.leaks
	msg := sprintf("%s of container %q holds a secret: %s (%s)", [leak.what, c.name, leak.secret.masked, leak.secret.reason])
}
