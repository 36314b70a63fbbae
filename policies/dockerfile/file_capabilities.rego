# METADATA
# title: Program gets a capability that is as good as root
# description: >-
#   Whoever starts the program has the capability, without being root and without a password. Some of
#   them lead to all others.
# related_resources:
#   - https://man7.org/linux/man-pages/man7/capabilities.7.html
# custom:
#   severity: medium
#   cwe: [250, 269]
#   remediation: Leave the capability out, or start the container with it and drop it early; for ports below 1024, cap_net_bind_service is enough.
#   bad: |
#     FROM debian:12
#     RUN setcap cap_sys_admin+ep /usr/local/bin/app
#   good: |
#     FROM debian:12
#     RUN setcap cap_net_bind_service=+ep /usr/local/bin/app && setcap -r /usr/bin/ping && setcap cap_net_raw+ep /bin/ping
package policies.dockerfile.file_capabilities

# Those that read or write any file, change the user, or reach into other processes and the kernel.
powerful := {
	"all", "cap_chown", "cap_dac_override", "cap_dac_read_search", "cap_fowner", "cap_setfcap", "cap_setgid", "cap_setuid",
	"cap_bpf", "cap_mknod", "cap_sys_admin", "cap_sys_chroot", "cap_sys_module", "cap_sys_ptrace", "cap_sys_rawio",
}

deny contains {"at": ["stages", i, "runs", change.run, "commands", change.command], "msg": msg} if {
	some i, stage in input.stages
	some change in stage.modes
	change.capabilities
	change.reaches
	given := {name | some name in split(split(replace(lower(change.mode), "+", "="), "=")[0], ",")} & powerful
	count(given) > 0
	msg := sprintf("%s gets %s", [concat(", ", change.paths), concat(", ", given)])
}
