# METADATA
# title: Service looks for code where others can put it
# description: >-
#   The service runs what lies first on PATH, LD_LIBRARY_PATH, PYTHONPATH and their like. A relative or empty part means
#   its working directory.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#Environment=
#   - https://man7.org/linux/man-pages/man8/ld.so.8.html
# custom:
#   severity: medium
#   cwe: [426, 427]
#   remediation: Name folders that root alone writes, with their whole paths.
#   bad: |
#     [Service]
#     User=ledger
#     WorkingDirectory=/home/ledger
#     Environment=LD_LIBRARY_PATH=/opt/ledger/lib:
#     ExecStart=/usr/bin/ledger
#   good: |
#     [Service]
#     User=ledger
#     WorkingDirectory=/opt/ledger
#     Environment=PYTHONPATH=. PATH=/usr/local/bin:/usr/bin:%h/bin LD_PRELOAD=libjemalloc.so.2
#     ExecStart=/usr/bin/ledger
package policies.systemd.search_path

deny contains {"at": ["shared_paths", i], "msg": msg} if {
	some i, p in input.shared_paths
	p.kind == "search"
	msg := sprintf("%s of %s leads to %s, where others than root write", [p.setting, input.name, p.name])
}
