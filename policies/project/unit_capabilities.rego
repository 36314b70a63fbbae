# METADATA
# title: Container has capabilities that its unit does without
# description: >-
#   Under systemd the same program runs without the capability. The container does not need it either, or the unit does
#   not work.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#set-capabilities-for-a-container
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#CapabilityBoundingSet=
# custom:
#   severity: medium
#   cwe: [250]
#   remediation: Take the capability from the container, as the unit does.
#   bad: |
#     -- deploy/ledger.service --
#     [Service]
#     User=ledger
#     CapabilityBoundingSet=CAP_NET_BIND_SERVICE
#     ExecStart=/usr/bin/ledger
#     -- deploy/pod.yaml --
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: ghcr.io/acme/ledger:1.4.2
#           securityContext: {capabilities: {add: [NET_ADMIN]}}
#   good: |
#     -- deploy/ledger.service --
#     [Service]
#     User=ledger
#     CapabilityBoundingSet=CAP_NET_BIND_SERVICE
#     ExecStart=/usr/bin/ledger
#     -- deploy/pod.yaml --
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: ghcr.io/acme/ledger:1.4.2
#           securityContext: {capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}}
package policies.project.unit_capabilities

import data.policies.lib.unit

deny contains {"at": other.at, "msg": msg, "related": [["systemd", i, "confinement", "capabilities"]]} if {
	some name, i in unit.services
	others := added[name]
	input.systemd[i].confinement.bounded
	some other in others
	count(other.capabilities) > 0
	missing := other.capabilities - {c | some c in input.systemd[i].confinement.capabilities}
	count(missing) > 0
	msg := sprintf("%s adds %s, and %s runs without", [other.what, concat(", ", sort(missing)), input.systemd[i].name])
}

added[name] contains {"at": place, "what": sprintf("container %q", [container.name]), "capabilities": capabilities} if {
	some name, places in unit.containers
	some place in places
	container := input.kubernetes[place[1]].containers[place[3]]
	capabilities := {long(c) | some c in container.security.added}
}

added[name] contains {"at": place, "what": sprintf("compose service %q", [service.name]), "capabilities": capabilities} if {
	some name, places in unit.composed
	some place in places
	service := input.compose[place[1]].services[place[3]]
	capabilities := {long(c.name) | some c in service.cap_add; c.known}
}

long(name) := sprintf("CAP_%s", [trim_prefix(upper(name), "CAP_")])
