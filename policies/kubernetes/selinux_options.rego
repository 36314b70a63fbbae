# METADATA
# title: SELinux options take a container out of its confinement
# description: >-
#   A user, a role or a type of its own takes a container out of the label under which SELinux keeps it
#   away from the node and from other containers.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
# custom:
#   severity: medium
#   cwe: [250]
#   equivalent:
#     - pss:baseline/seLinuxOptions
#     - trivy:KSV-0025
#     - gatekeeper:K8sPSPSELinuxV2
#     - kyverno:disallow-selinux
#   parameters:
#     types:
#       description: Types that a container may have.
#       default: [container_t, container_init_t, container_kvm_t, container_engine_t]
#   remediation: Remove user and role from seLinuxOptions, and name one of the types of containers.
#   bad: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       securityContext: {seLinuxOptions: {type: spc_t}}
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#   good: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       securityContext: {seLinuxOptions: {type: container_t, level: "s0:c123,c456"}}
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
package policies.kubernetes.selinux_options

deny contains {"at": array.concat(at, ["type"]), "msg": msg, "properties": {"control": "seLinuxOptions"}} if {
	some [at, whose, options] in labelled
	options.type != ""
	not options.type in data.parameters.kubernetes.selinux_options.types
	msg := sprintf("%s has the SELinux type %s", [whose, options.type])
}

deny contains {"at": array.concat(at, [part]), "msg": msg, "properties": {"control": "seLinuxOptions"}} if {
	some [at, whose, options] in labelled
	some part in ["user", "role"]
	options[part] != ""
	msg := sprintf("%s has the SELinux %s %s", [whose, part, options[part]])
}

# labelled are the SELinux options of pods and containers, with whose they are.
labelled contains [["pods", i, "security", "selinux"], "the pod", pod.security.selinux] if {
	some i, pod in input.pods
	pod.security.selinux.set
}

labelled contains [["containers", i, "security", "selinux"], sprintf("container %q", [c.name]), c.security.selinux] if {
	some i, c in input.containers
	c.security.selinux.set
}
