# METADATA
# title: Files of the service are open to others
# description: >-
#   What a service writes, such as dumps, keys and databases, is as open as UMask= leaves it.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#UMask=
# custom:
#   severity: low
#   cwe: [276]
#   equivalent: ["systemd-analyze:UMask"]
#   remediation: Set UMask=0077, or 0027 with a group that may read.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     UMask=0022
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     UMask=0077
package policies.systemd.umask

deny contains {"at": ["exposure", "badness", "UMask"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.UMask
	who := open_to[input.exposure.badness.UMask]
	msg := sprintf("%s makes files that %s: %s", [input.name, who, open.because])
}

# By the badness that systemd-analyze gives the mask.
open_to := {10: "everybody can write", 5: "everybody can read", 2: "its group can write"}
