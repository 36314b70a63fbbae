# METADATA
# title: Gatekeeper allows repositories by a beginning that others can have
# description: >-
#   A list of allowed repositories compares beginnings: without a slash at the end registry.example also
#   allows registry.example.attacker.example.
# custom:
#   severity: high
#   cwe: [183]
#   equivalent:
#     - trivy:KSV-0124
#   remediation: End each entry of repos with a slash, or with a tag or a digest.
#   bad: |
#     apiVersion: constraints.gatekeeper.sh/v1beta1
#     kind: K8sAllowedRepos
#     metadata: {name: ledger}
#     spec: {parameters: {repos: [registry.example]}}
#   good: |
#     apiVersion: constraints.gatekeeper.sh/v1beta1
#     kind: K8sAllowedRepos
#     metadata: {name: ledger}
#     spec: {parameters: {repos: [registry.example/, "registry.example/app:1.2"]}}
package policies.kubernetes.repository_prefix_open

deny contains {"at": ["object", "spec", "parameters", "repos", i], "msg": msg} if {
	input.kind == "K8sAllowedRepos"
	some i, repository in input.object.spec.parameters.repos
	not regex.match(`/$|:[^/]+$|@`, repository)
	msg := sprintf("every image whose name begins with %s is allowed", [repository])
}
