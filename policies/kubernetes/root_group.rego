# METADATA
# title: Container has the group root
# description: >-
#   Group 0 may read, and often write, what images and nodes keep for root: a process that is not root
#   gets around its user by it.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   severity: low
#   cwe: [250]
#   equivalent:
#     - trivy:KSV-0116
#     - gatekeeper:K8sPSPFSGroup
#     - gatekeeper:K8sPSPAllowedUsers
#   remediation: Set runAsGroup, fsGroup and supplementalGroups to ids above 0, or leave them out.
#   bad: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       securityContext: {runAsUser: 10001, runAsGroup: 0}
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#   good: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       securityContext: {runAsUser: 10001, runAsGroup: 10001, fsGroup: 10001, supplementalGroups: [10002]}
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
package policies.kubernetes.root_group

deny contains {"at": ["pods", i, "security", field], "msg": msg} if {
	some i, pod in input.pods
	some field, name in {"run_as_group": "runAsGroup", "fs_group": "fsGroup"}
	group := pod.security[field]
	group.set
	group.value == 0
	msg := sprintf("the pod's %s is 0, which is root", [name])
}

deny contains {"at": ["pods", i, "security", "supplemental_groups"], "msg": "the pod's supplementalGroups have 0, which is root"} if {
	some i, pod in input.pods
	0 in pod.security.supplemental_groups
}

deny contains {"at": ["containers", i, "security", "run_as_group"], "msg": msg} if {
	some i, c in input.containers
	c.security.run_as_group.set
	c.security.run_as_group.value == 0
	msg := sprintf("runAsGroup of container %q is 0, which is root", [c.name])
}
