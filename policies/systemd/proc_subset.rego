# METADATA
# title: Service sees all of /proc
# description: >-
#   Beside processes /proc shows the kernel, its memory and its settings. With "pid" they are gone; some
#   runtimes read /proc/meminfo or /proc/stat.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#ProcSubset=
# custom:
#   severity: low
#   cwe: [497]
#   equivalent: ["systemd-analyze:ProcSubset"]
#   remediation: Set ProcSubset=pid.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     ProcSubset=all
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     ProcSubset=pid
package policies.systemd.proc_subset

deny contains {"at": ["exposure", "badness", "ProcSubset"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.ProcSubset
	msg := sprintf("%s sees all of /proc: %s", [input.name, open.because])
}
