# METADATA
# title: Program has a capability that amounts to root
# description: >-
#   With it a process that is not root reads and writes any file, loads code into the kernel or becomes root,
#   whoever starts the program. A container runtime that drops all capabilities is what keeps it from that.
# related_resources:
#   - https://man7.org/linux/man-pages/man7/capabilities.7.html
# custom:
#   severity: medium
#   cwe: [250]
#   equivalent:
#     - cis-docker:4.8
#   remediation: Take the capability away with setcap -r, or give the program one that does no more than it needs, such as cap_net_bind_service.
#   bad: |
#     -- app.tar/config.json --
#     {"config": {"User": "10001"}}
#     -- app.tar/1/usr/local/bin/agent 0755 capability=21 --
#     x
#   good: |
#     -- app.tar/config.json --
#     {"config": {"User": "10001"}}
#     -- app.tar/1/usr/bin/ping 0755 capability=13 --
#     x
#     -- app.tar/1/usr/local/bin/ledger 0755 capability=10 --
#     x
package policies.image.file_capability

rooted := {
	"cap_sys_admin", "cap_sys_module", "cap_sys_ptrace", "cap_sys_rawio", "cap_dac_override", "cap_dac_read_search",
	"cap_setuid", "cap_setgid", "cap_setfcap", "cap_chown", "cap_fowner", "cap_bpf", "cap_mac_admin", "cap_mknod", "unknown",
}

deny contains {"at": ["files", "capable", i], "msg": msg} if {
	some i, file in input.files.capable
	names := [name | some name in file.capabilities; name in rooted]
	count(names) > 0
	msg := sprintf("%s has %s", [file.name, concat(", ", names)])
}
