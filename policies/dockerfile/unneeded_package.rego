# METADATA
# title: Final image holds tools that nobody needs there
# description: >-
#   Editors, remote shells, scanners and sudo help whoever gets into the container more than the
#   application, and each must be patched.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#dont-install-unnecessary-packages
# custom:
#   severity: low
#   cwe: [1104]
#   equivalent:
#     - cis-docker:4.3
#   remediation: Leave the package out; look into running containers with docker debug or an ephemeral container.
#   bad: |
#     FROM debian:12
#     RUN apt-get update && apt-get install -y --no-install-recommends openssh-server vim && rm -rf /var/lib/apt/lists/*
#   good: |
#     FROM debian:12 AS build
#     RUN apt-get update && apt-get install -y --no-install-recommends vim nmap && rm -rf /var/lib/apt/lists/*
#     FROM debian:12
#     RUN apt-get update && apt-get install -y --no-install-recommends openssh-client curl sudoku tcpdump && rm -rf /var/lib/apt/lists/*
#     ENTRYPOINT ["tcpdump"]
package policies.dockerfile.unneeded_package

managers := {"apt", "apk", "dnf", "yum", "microdnf", "zypper"}

# Editors, remote shells and their servers, scanners, debuggers.
unneeded := {
	"emacs", "emacs-nox", "nano", "vim", "vim-tiny", "vim-enhanced", "vim-nox", "dropbear", "openssh-server", "openssh-sftp-server",
	"rsh-client", "rsh-server", "rsh", "telnet", "telnetd", "telnet-server", "tftp", "tftp-server", "tftpd", "vsftpd", "xinetd",
	"netcat", "netcat-openbsd", "netcat-traditional", "ncat", "nmap", "nmap-ncat", "tcpdump", "wireshark", "tshark",
	"gdb", "strace", "ltrace", "sudo", "aircrack-ng", "hydra", "john",
}

deny contains {"at": ["stages", i, "runs", j, "packages", k], "msg": msg} if {
	some i, stage in input.stages
	kept(stage)
	some j, run in stage.runs
	some k, command in run.packages
	command.action == "install"
	command.manager in managers
	names := {item.name | some item in command.packages; item.name in unneeded; not wanted(stage, item.name)}
	count(names) > 0
	msg := sprintf("the image gets %s", [concat(", ", names)])
}

# The image is there to run it.
wanted(stage, name) if {
	some word in array.concat(stage.entrypoint.argv, stage.cmd.argv)
	contains(word, object.get({"openssh-server": "sshd"}, name, name))
}

# Other stages are thrown away.
kept(stage) if stage.final

kept(stage) if stage.base_of_final
