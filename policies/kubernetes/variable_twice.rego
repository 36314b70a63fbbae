# METADATA
# title: Environment variable is set twice
# description: >-
#   The later value counts, and the earlier one misleads whoever reads the manifest.
# custom:
#   severity: low
#   equivalent:
#     - kube-linter:duplicate-env-var
#     - kubescape:C-0295
#   remediation: Remove the value that is not meant.
#   bad: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#           env:
#             - {name: RUST_LOG, value: info}
#             - {name: RUST_LOG, value: debug}
#   good: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#           env:
#             - {name: RUST_LOG, value: info}
#             - {name: RUST_BACKTRACE, value: "1"}
package policies.kubernetes.variable_twice

deny contains {"at": ["containers", i, "env", j], "msg": msg} if {
	some i, c in input.containers
	some j in c.repeated
	msg := sprintf("container %q sets %s again", [c.name, c.env[j].name])
}
