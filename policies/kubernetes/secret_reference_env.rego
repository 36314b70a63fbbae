# METADATA
# title: Secret becomes an environment variable
# description: >-
#   A variable is handed to every child process, stands in crash reports and in /proc, and does not
#   change when the Secret does. A file that only its reader opens has none of this.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/secrets-good-practices/
# custom:
#   severity: low
#   cwe: [526]
#   equivalent:
#     - checkov:CKV_K8S_35
#     - kube-linter:read-secret-from-env-var
#     - kubescape:C-0207
#     - kics:secrets as environment variables
#   remediation: Mount the Secret as a volume, and have the program read the file.
#   bad: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#           envFrom: [{secretRef: {name: ledger}}]
#   good: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       volumes: [{name: token, secret: {secretName: ledger}}]
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#           envFrom: [{configMapRef: {name: ledger}}]
#           env: [{name: LEDGER_TOKEN_FILE, value: /run/secrets/token}]
package policies.kubernetes.secret_reference_env

deny contains {"at": ["containers", i, "env", j], "msg": msg} if {
	some i, c in input.containers
	some j, variable in c.env
	variable.from == "secretKeyRef"
	msg := sprintf("the variable %s of container %q is the value of a Secret", [variable.name, c.name])
}

deny contains {"at": ["containers", i, "env_from", j], "msg": msg} if {
	some i, c in input.containers
	some j, source in c.env_from
	source.kind == "secretRef"
	msg := sprintf("all values of the Secret %q are variables of container %q", [source.name, c.name])
}
