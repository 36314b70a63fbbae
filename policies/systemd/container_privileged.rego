# METADATA
# title: Unit starts a container that owns the machine
# description: >-
#   A privileged container, one that sees the processes of the machine, or one that holds its root folder or the
#   engine's socket, is root on the machine, whatever the unit restricts: the engine starts it, not systemd.
# related_resources:
#   - https://docs.docker.com/engine/security/
# custom:
#   severity: high
#   cwe: [250, 269]
#   remediation: Give the container the one capability, device or folder that it needs.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/docker run --rm --privileged ghcr.io/acme/ledger:1.4.2
#   good: |
#     [Service]
#     User=ledger
#     ExecStartPre=-/usr/bin/docker rm -f ledger
#     ExecStart=/usr/bin/docker run --rm --read-only --cap-drop ALL -v /srv/ledger:/data ghcr.io/acme/ledger:1.4.2
package policies.systemd.container_privileged

deny contains {"at": ["exec", act.command], "msg": msg} if {
	some act in input.acts
	act.name == "privileged_container"
	msg := sprintf("%s= of %s opens the machine to a container: %s", [act.setting, input.name, act.what])
}
