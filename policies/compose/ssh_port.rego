# METADATA
# title: Compose service publishes SSH
# description: >-
#   Logging in to a container goes past the logs, keys and users of the host, and what is changed there
#   is gone with it. The engine's exec opens a shell without a server. Servers of git and of file
#   transfer offer SSH for something else.
# related_resources:
#   - https://docs.docker.com/reference/cli/docker/container/exec/
# custom:
#   severity: medium
#   cwe: [668]
#   equivalent:
#     - cis-docker:5.7
#   remediation: Remove the SSH server and its port, and use exec or the host's own SSH.
#   bad: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         ports: ["127.0.0.1:2222:22"]
#   good: |
#     services:
#       git:
#         image: docker.gitea.com/gitea:1.24
#         ports: ["2222:22"]
#       api:
#         image: ledger:1.4.2
#         ports: ["22222:8080"]
package policies.compose.ssh_port

deny contains {"at": ["services", i, "ports", j], "msg": msg} if {
	some i, s in input.services
	some j, p in s.ports
	p.target_first <= 22
	p.target_last >= 22
	not other_use(s.image)
	msg := sprintf("service %q publishes its SSH port: %s", [s.name, p.name])
}

other_use(image) if regex.match(`git|forgejo|gogs|sftp|rsync|borg|soft-serve|jumpserver|teleport|phabricator`, image.repository)
