# METADATA
# title: Service is in a group that is as good as root
# description: >-
#   Whoever is in docker, lxd, disk or sudo becomes root in one step: by a container that mounts the machine, by
#   reading the raw disk, by sudo. The account of the service is then root with a detour.
# related_resources:
#   - https://docs.docker.com/engine/security/#docker-daemon-attack-surface
#   - https://wiki.debian.org/SystemGroups
# custom:
#   severity: high
#   cwe: [250, 269]
#   remediation: Take the service out of the group, and give it a socket or a helper that does the one thing it needs.
#   bad: |
#     [Service]
#     User=ledger
#     SupplementaryGroups=docker
#     ExecStart=/usr/bin/ledger
#   good: |
#     [Service]
#     User=ledger
#     Group=ledger
#     SupplementaryGroups=ssl-cert docker-readers
#     ExecStart=/usr/bin/ledger --group docker
package policies.systemd.privileged_group

groups := {
	"docker": "runs containers as root", "lxd": "runs containers as root", "incus-admin": "runs containers as root",
	"disk": "reads and writes raw disks", "kmem": "reads the memory of the kernel", "shadow": "reads the hashes of passwords",
	"sudo": "may use sudo", "wheel": "may use sudo and su", "admin": "may use sudo", "libvirt": "runs machines as root",
}

deny contains {"at": at, "msg": msg} if {
	input.service
	input.manager == "system"
	not input.identity.root
	some [at, name] in memberships
	why := groups[name]
	msg := sprintf("%s is in the group %s, which %s", [input.name, name, why])
}

memberships contains [["identity", "group"], input.identity.group]

memberships contains [["identity", "supplementary_groups", i], name] if some i, name in input.identity.supplementary_groups
