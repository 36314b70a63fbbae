# METADATA
# title: Service runs in the hierarchy of the host
# description: >-
#   With RootDirectory= or RootImage= the service sees an own, small hierarchy. Where ProtectSystem=strict,
#   ProtectHome=, PrivateTmp= and PrivateDevices= are all set, little of the host is left to hide, and this
#   rule is silent.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#RootDirectory=
# custom:
#   severity: low
#   equivalent: ["systemd-analyze:RootDirectoryOrRootImage"]
#   remediation: Set RootImage= or RootDirectory=, or ProtectSystem=strict together with ProtectHome=, PrivateTmp= and PrivateDevices=.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     RootDirectory=/
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     ProtectSystem=strict
#     ProtectHome=yes
#     PrivateTmp=yes
#     PrivateDevices=yes
package policies.systemd.root_directory

deny contains {"at": ["exposure", "badness", "RootDirectoryOrRootImage"], "msg": msg} if {
	open := input.exposure.open.RootDirectoryOrRootImage
	msg := sprintf("%s runs in the hierarchy of the host: %s", [input.name, open.because])
}
