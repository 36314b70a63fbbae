# METADATA
# title: Compose service joins a group with rights on its host
# description: >-
#   Members of docker start privileged containers, members of disk read and write raw disks, and the
#   group root owns much of what is mounted: such a group makes up for the user that the service gave up.
# related_resources:
#   - https://github.com/compose-spec/compose-spec/blob/main/05-services.md#group_add
# custom:
#   severity: medium
#   cwe: [250]
#   remediation: Remove the group, and give the files that the service needs to a group of its own.
#   bad: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         user: "10001"
#         group_add: [docker]
#   good: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         user: "10001"
#         group_add: ["20001", video]
package policies.compose.privileged_group

privileged := {"0", "root", "docker", "disk", "kmem", "shadow", "sudo", "wheel", "adm", "lxd", "incus-admin", "libvirt"}

deny contains {"at": ["services", i, "group_add", j], "msg": msg} if {
	some i, s in input.services
	some j, g in s.group_add
	g.name in privileged
	msg := sprintf("service %q joins the group %s", [s.name, g.name])
}

deny contains {"at": ["services", i, "group_add", j], "msg": msg} if {
	some i, s in input.services
	some j, g in s.group_add
	not g.known
	msg := sprintf("service %q joins a group that is not known from the files: %q", [s.name, g.name])
}
