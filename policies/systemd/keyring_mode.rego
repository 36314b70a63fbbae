# METADATA
# title: Service shares keys of the kernel
# description: >-
#   With "shared" and "inherit" the service uses a keyring of its account or of the manager, with keys that
#   are not its own.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#KeyringMode=
# custom:
#   severity: low
#   equivalent: ["systemd-analyze:KeyringMode"]
#   remediation: Set KeyringMode=private, or leave it out.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     KeyringMode=shared
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     KeyringMode=private
package policies.systemd.keyring_mode

deny contains {"at": ["exposure", "badness", "KeyringMode"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.KeyringMode
	msg := sprintf("%s shares keys of the kernel with others: %s", [input.name, open.because])
}
