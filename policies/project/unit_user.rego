# METADATA
# title: Unit and container run as different numbers
# description: >-
#   The same program has one account under systemd and another in its image or in Kubernetes. Files that move between
#   them, on a volume, in a backup or on the way from one to the other, then belong to somebody else.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#User=
#   - https://www.freedesktop.org/software/systemd/man/latest/sysusers.d.html
# custom:
#   severity: low
#   cwe: [732]
#   remediation: Give the account one number in User= or sysusers.d, in USER, and in runAsUser.
#   bad: |
#     -- deploy/ledger.service --
#     [Service]
#     User=10002
#     ExecStart=/usr/bin/ledger
#     -- Dockerfile --
#     FROM debian:12
#     COPY ledger /usr/local/bin/ledger
#     USER 10001
#     ENTRYPOINT ["/usr/local/bin/ledger"]
#   good: |
#     -- deploy/ledger.service --
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     -- deploy/ledger.sysusers --
#     u ledger 10001
#     -- Dockerfile --
#     FROM debian:12
#     COPY ledger /usr/local/bin/ledger
#     USER 10001
#     ENTRYPOINT ["/usr/local/bin/ledger"]
package policies.project.unit_user

import data.policies.lib.unit

deny contains {"at": ["systemd", i, "identity", "uid"], "msg": msg, "related": [other.at]} if {
	some name, i in unit.services
	others := declared[name]
	own := input.systemd[i].identity.uid
	own > 0
	some other in others
	other.uid > 0
	other.uid != own
	msg := sprintf("%s runs as %d, and %s as %d", [input.systemd[i].name, own, other.what, other.uid])
}

declared[name] contains {"at": array.concat(place, ["user"]), "what": "its image", "uid": user.id} if {
	some name, place in unit.stages
	user := input.dockerfile[place[1]].stages[place[3]].user
}

declared[name] contains {"at": array.concat(place, ["run_as_user"]), "what": sprintf("container %q", [container.name]), "uid": container.run_as_user.value} if {
	some name, places in unit.containers
	some place in places
	container := input.kubernetes[place[1]].containers[place[3]]
	container.run_as_user.set
}
