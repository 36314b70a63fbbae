# METADATA
# title: VOLUME is a directory of the kernel
# description: >-
#   A volume over /dev, /proc or /sys takes the place of what the runtime mounts and masks there, or hides it.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#volume
#   - https://github.com/goodwithtech/dockle/blob/master/CHECKPOINT.md#dkl-di-0002
# custom:
#   severity: medium
#   cwe: [668]
#   equivalent:
#     - dockle:DKL-DI-0002
#   remediation: Remove the volume.
#   bad: |
#     FROM debian:12
#     VOLUME ["/data", "/proc"]
#     USER 10001
#   good: |
#     FROM debian:12
#     VOLUME /data /srv/dev /process
#     USER 10001
package policies.dockerfile.volume_system

deny contains {"at": ["stages", i, "volumes", j], "msg": msg} if {
	some i, stage in input.stages
	some j, path in stage.volumes
	some dir in ["/dev", "/proc", "/sys"]
	startswith(concat("", [path, "/"]), concat("", [dir, "/"]))
	msg := sprintf("the volume %s is a part of %s", [path, dir])
}
