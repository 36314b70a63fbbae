# METADATA
# title: Image with a moving tag is not pulled again
# description: >-
#   Which image runs depends on what a node happened to pull before: two pods of one workload run
#   different code.
# related_resources:
#   - https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy
# custom:
#   severity: low
#   cwe: [1357]
#   equivalent:
#     - checkov:CKV_K8S_15
#     - kubescape:C-0075
#     - kics:image pull policy of the container is not set to always
#   remediation: Set imagePullPolicy to Always, or name the image by version and digest.
#   bad: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: ledger:latest
#           imagePullPolicy: IfNotPresent
#   good: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       initContainers:
#         - {name: setup, image: ledger}
#         - {name: exact, image: "ledger:1.4.2", imagePullPolicy: IfNotPresent}
#       containers:
#         - name: ledger
#           image: ledger:latest
#           imagePullPolicy: Always
package policies.kubernetes.pull_policy

deny contains {"at": ["containers", i, "pull_policy"], "msg": msg} if {
	some i, c in input.containers
	c.pull_policy in {"IfNotPresent", "Never"}
	c.reference.tag in {"", "latest"}
	c.reference.known
	c.reference.digest == ""
	msg := sprintf("container %q runs %s, and the policy %s keeps what a node has", [c.name, c.image, c.pull_policy])
}
