# METADATA
# title: Service runs as root
# description: >-
#   Without User= or DynamicUser= systemd starts a service as root, and so does User=root. Whoever takes
#   over the process then owns the machine, whatever else the unit restricts.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#User=
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#DynamicUser=
# custom:
#   severity: high
#   cwe: [250]
#   equivalent:
#     - systemd-analyze:UserOrDynamicUser
#   non_negotiable: true
#   remediation: Set User= to an unprivileged account of the service's own, or DynamicUser=yes.
#   bad: |
#     [Service]
#     ExecStart=/usr/bin/ledger
#   good: |
#     -- ledger.service --
#     [Service]
#     ExecStart=/usr/bin/ledger
#     -- ledger.service.d/10-user.conf --
#     [Service]
#     User=ledger
#     -- worker@.service --
#     [Service]
#     ExecStart=/usr/bin/worker %i
#     DynamicUser=yes
#     -- nightly.timer --
#     [Timer]
#     OnCalendar=daily
#     -- systemd/user/agent.service --
#     [Service]
#     ExecStart=/usr/bin/agent
package policies.systemd.root_user

deny contains {"at": ["identity", "user"], "msg": msg} if {
	input.service
	input.identity.root
	msg := sprintf("%s runs as root: %s", [input.name, reason(input.identity.user)])
}

reason("") := "neither User= nor DynamicUser= is set"

reason(user) := sprintf("User= is %q", [user]) if user != ""
