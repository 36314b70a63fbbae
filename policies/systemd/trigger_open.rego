# METADATA
# title: Everybody can start a service that runs as root
# description: >-
#   A path unit starts the service when a file appears in a folder where every account writes. Whoever makes the file
#   decides when root works, and with what.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.path.html#PathExists=
# custom:
#   severity: medium
#   cwe: [379, 862]
#   remediation: Watch a folder that only those may write who are to start the service.
#   bad: |
#     -- deploy.service --
#     [Service]
#     Type=oneshot
#     ExecStart=/usr/bin/ledger-deploy
#     -- deploy.path --
#     [Path]
#     PathExists=/tmp/deploy-now
#   good: |
#     -- deploy.service --
#     [Service]
#     Type=oneshot
#     ExecStart=/usr/bin/ledger-deploy
#     -- deploy.path --
#     [Path]
#     PathExists=/var/lib/ledger/deploy-now
#     -- thumbnails.service --
#     [Service]
#     Type=oneshot
#     User=thumbnails
#     ExecStart=/usr/bin/thumbnails
#     -- thumbnails.path --
#     [Path]
#     PathChanged=/tmp/pictures
package policies.systemd.trigger_open

deny contains {"at": ["activated_by", i], "msg": msg} if {
	input.service
	input.identity.root
	some i, a in input.activated_by
	a.type == "path"
	some condition in a.when
	some folder in ["/tmp", "/var/tmp", "/dev/shm"]
	path := substring(condition, indexof(condition, "=") + 1, -1)
	startswith(sprintf("%s/", [path]), sprintf("%s/", [folder]))
	msg := sprintf("everybody can start %s, which runs as root: %s has %s", [input.name, a.name, condition])
}
