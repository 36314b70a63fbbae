# METADATA
# title: Service runs as nobody
# description: >-
#   The account nobody is shared: files and processes of all who use it are open to each other, and files on
#   network drives belong to it by default.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#User=
# custom:
#   severity: medium
#   cwe: [250]
#   equivalent: ["systemd-analyze:UserOrDynamicUser"]
#   remediation: Set User= to an account of the service's own, or DynamicUser=yes.
#   bad: |
#     [Service]
#     User=nobody
#     ExecStart=/usr/bin/ledger
#   good: |
#     [Service]
#     DynamicUser=yes
#     ExecStart=/usr/bin/ledger
package policies.systemd.nobody_user

deny contains {"at": ["identity", "user"], "msg": msg} if {
	input.service
	input.identity.user in {"nobody", "65534"}
	msg := sprintf("%s runs as nobody, an account that others use too", [input.name])
}
