# METADATA
# title: Compose service reads the system folders of its host
# description: >-
#   Configuration, process lists and kernel settings of the host tell an attacker where to go next, and
#   some of the files hold passwords.
# related_resources:
#   - https://docs.docker.com/engine/storage/bind-mounts/
# custom:
#   severity: medium
#   cwe: [200, 653]
#   equivalent:
#     - cis-docker:5.6
#   remediation: Mount the one file that the service needs.
#   bad: |
#     services:
#       ledger:
#         image: exporter:1.4.2
#         volumes: ["/proc:/host/proc:ro"]
#   good: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         volumes: ["/etc/localtime:/etc/localtime:ro", "/usr/share/zoneinfo:/usr/share/zoneinfo:ro"]
package policies.compose.host_directory_read

deny contains {"at": ["services", i, "host_mounts", j], "msg": msg} if {
	some i, s in input.services
	some j, m in s.host_mounts
	m.holds == "system"
	m.read_only
	msg := sprintf("service %q reads the system of its host: %s is mounted", [s.name, m.path])
}
