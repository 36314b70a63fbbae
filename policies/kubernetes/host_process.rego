# METADATA
# title: Container is a process of its Windows node
# description: >-
#   A host process container runs on its Windows node with the node's files, network and accounts.
#   Nothing confines it.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
# custom:
#   severity: critical
#   cwe: [250]
#   equivalent:
#     - pss:baseline/windowsHostProcess
#     - trivy:KSV-0103
#     - gatekeeper:K8sPSPHostProcess
#     - kyverno:disallow-host-process
#   non_negotiable: true
#   remediation: Remove hostProcess from windowsOptions.
#   bad: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       os: {name: windows}
#       hostNetwork: true
#       securityContext: {windowsOptions: {hostProcess: true}}
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#   good: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       os: {name: windows}
#       securityContext: {windowsOptions: {hostProcess: false}}
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#           securityContext: {windowsOptions: {runAsUserName: ContainerUser}}
package policies.kubernetes.host_process

deny contains {"at": ["pods", i, "security", "host_process"], "msg": msg, "properties": {"control": "windowsHostProcess"}} if {
	some i, pod in input.pods
	pod.security.host_process.value
	msg := "the pod's containers are processes of their Windows node: hostProcess is true"
}

deny contains {"at": ["containers", i, "security", "host_process"], "msg": msg, "properties": {"control": "windowsHostProcess"}} if {
	some i, c in input.containers
	c.security.host_process.value
	msg := sprintf("container %q is a process of its Windows node: hostProcess is true", [c.name])
}
