# METADATA
# title: Account of the service gets capabilities of root
# description: >-
#   With some capabilities a process is root in all but name: it reads and writes every file, loads code into the
#   kernel, or becomes any account. An ambient one goes to every program that the service starts.
# related_resources:
#   - https://man7.org/linux/man-pages/man7/capabilities.7.html
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#AmbientCapabilities=
# custom:
#   severity: high
#   cwe: [250, 269]
#   remediation: Take the capability away, and let a small unit of its own do what needs it.
#   bad: |
#     [Service]
#     User=ledger
#     AmbientCapabilities=CAP_NET_BIND_SERVICE CAP_DAC_OVERRIDE
#     ExecStart=/usr/bin/ledger
#   good: |
#     [Service]
#     User=ledger
#     AmbientCapabilities=CAP_SYS_ADMIN
#     AmbientCapabilities=
#     AmbientCapabilities=CAP_NET_BIND_SERVICE CAP_NET_RAW
#     ExecStart=/usr/bin/ledger
package policies.systemd.ambient_root

means := {
	"CAP_SYS_ADMIN": "mount, trace and administer everything", "CAP_DAC_OVERRIDE": "pass over the permissions of every file",
	"CAP_DAC_READ_SEARCH": "read whatever the permissions of a file are", "CAP_FOWNER": "change the mode of every file", "CAP_CHOWN": "take every file",
	"CAP_SETUID": "become any account", "CAP_SETGID": "join any group", "CAP_SETFCAP": "give programs capabilities",
	"CAP_SYS_PTRACE": "read and change every process", "CAP_SYS_MODULE": "load code into the kernel",
	"CAP_SYS_RAWIO": "read and write memory and disks", "CAP_BPF": "load programs into the kernel",
	"CAP_MKNOD": "open every device", "CAP_MAC_ADMIN": "change the rules of SELinux and AppArmor",
}

deny contains {"at": ["ambient_capabilities", i], "msg": msg} if {
	input.service
	input.manager == "system"
	not input.identity.root
	some i, word in input.ambient_capabilities
	may := means[upper(word)]
	msg := sprintf("%s may %s: AmbientCapabilities= holds %s", [input.name, may, upper(word)])
}
