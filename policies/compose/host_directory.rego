# METADATA
# title: Compose service can change its host or read its keys
# description: >-
#   A service that writes /etc, /usr or /proc decides what its host runs; one that sees the whole file
#   system or somebody's home reads keys and logins, and through sockets it acts even where the mount is
#   read-only.
# related_resources:
#   - https://docs.docker.com/engine/storage/bind-mounts/
#   - https://github.com/compose-spec/compose-spec/blob/main/05-services.md#volumes
# custom:
#   severity: high
#   cwe: [250, 653]
#   equivalent:
#     - cis-docker:5.6
#   remediation: Mount the one file that the service needs, read-only, or a named volume.
#   bad: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         volumes: ["/etc:/host/etc"]
#   good: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         volumes:
#           - /etc/localtime:/etc/localtime:ro
#           - /etc/ssl/certs:/etc/ssl/certs:ro
#           - /lib/modules:/lib/modules:ro
#           - ./etc:/etc/ledger
#           - data:/usr
#     volumes:
#       data:
package policies.compose.host_directory

deny contains {"at": ["services", i, "host_mounts", j], "msg": msg} if {
	some i, s in input.services
	some j, m in s.host_mounts
	reason := objection(m)
	msg := sprintf("service %q %s of its host: %s is mounted", [s.name, reason, m.path])
}

objection(m) := "sees the whole file system" if m.holds == "root"

objection(m) := "sees keys and logins" if m.holds == "credentials"

objection(m) := "can write the system" if {
	m.holds == "system"
	not m.read_only
}
