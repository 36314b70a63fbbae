# METADATA
# title: WORKDIR is a directory of the kernel or of the boot loader
# description: >-
#   Docker creates the directory and every relative path lands in it. /proc, /sys and /dev are mounted over when the
#   container runs, and /proc/self/fd/N as a working directory has let containers out (CVE-2024-21626).
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#workdir
#   - https://nvd.nist.gov/vuln/detail/CVE-2024-21626
# custom:
#   severity: high
#   cwe: [668]
#   equivalent:
#     - trivy:DS-0030
#   remediation: Work in a directory of your own, such as /app.
#   bad: |
#     FROM debian:12
#     WORKDIR /proc/self/fd/8
#     USER 10001
#   good: |
#     FROM debian:12
#     WORKDIR /
#     WORKDIR /develop
#     WORKDIR /home/app
#     USER 10001
package policies.dockerfile.workdir_system

deny contains {"at": ["stages", i, "workdirs", j], "msg": msg} if {
	some i, stage in input.stages
	some j, workdir in stage.workdirs
	path := concat("", [workdir.path, "/"])
	some dir in ["/proc/", "/sys/", "/dev/", "/boot/", "/initrd/", "/lost+found/"]
	startswith(path, dir)
	msg := sprintf("the working directory %s is a part of %s", [workdir.path, trim_suffix(dir, "/")])
}
