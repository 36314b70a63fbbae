# METADATA
# title: Service runs without its profile where that is missing
# description: >-
#   With "-" systemd ignores that a profile of AppArmor, SELinux or SMACK is not loaded, and starts the service
#   unconfined. Nobody notices.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#AppArmorProfile=
# custom:
#   severity: low
#   cwe: [636]
#   remediation: Leave out the "-", so that the service does not start without its profile.
#   bad: |
#     [Service]
#     User=ledger
#     AppArmorProfile=-ledger
#     ExecStart=/usr/bin/ledger
#   good: |
#     [Service]
#     User=ledger
#     AppArmorProfile=ledger
#     ExecStart=/usr/bin/ledger
package policies.systemd.profile_optional

deny contains {"at": ["conduct", "optional", i], "msg": msg} if {
	some i, setting in input.conduct.optional
	msg := sprintf("%s starts unconfined where the profile is missing: %s=%s", [input.name, setting.name, setting.value])
}
