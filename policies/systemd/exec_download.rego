# METADATA
# title: Service runs what it downloads
# description: >-
#   A download that goes straight into a shell runs whatever the other side, or anyone on the way, sends that day, with
#   the rights of the command. Nothing that was reviewed or tested says what it is.
# related_resources:
#   - https://cwe.mitre.org/data/definitions/494.html
# custom:
#   severity: high
#   cwe: [494]
#   remediation: Install the program by a package or an image of a known digest, and start that.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStartPre=/bin/sh -c 'curl -fsSL https://get.example.com/ledger | sh'
#     ExecStart=/usr/bin/ledger
#   good: |
#     [Service]
#     User=ledger
#     ExecStartPre=/bin/sh -c 'curl -fsS http://127.0.0.1:8080/healthz | grep -q ok'
#     ExecStart=/usr/bin/ledger
package policies.systemd.exec_download

deny contains {"at": ["exec", act.command], "msg": msg} if {
	some act in input.acts
	act.name == "runs_download"
	msg := sprintf("%s= of %s runs what it downloads: %s", [act.setting, input.name, act.what])
}
