# METADATA
# title: Docker's socket is a part of the image or of the build
# description: >-
#   Whoever reaches the socket of the daemon starts a privileged container, and so is root on the host.
# related_resources:
#   - https://docs.docker.com/engine/security/#docker-daemon-attack-surface
# custom:
#   severity: high
#   cwe: [250, 668]
#   equivalent:
#     - semgrep:dockerd-socket-mount
#   remediation: Build with a rootless builder, or give the process an API of its own instead of the socket.
#   bad: |
#     FROM docker:28-cli
#     VOLUME /var/run/docker.sock:/var/run/docker.sock
#     USER 10001
#   good: |
#     FROM docker:28-cli
#     VOLUME /var/run/docker
#     RUN --mount=type=bind,source=docker.sock.md,target=/doc make
#     USER 10001
package policies.dockerfile.docker_socket

deny contains {"at": ["stages", i, "volumes", j], "msg": msg} if {
	some i, stage in input.stages
	some j, path in stage.volumes
	socket(path)
	msg := sprintf("the volume %s is the socket of a container daemon", [path])
}

deny contains {"at": ["stages", i, "runs", j, "mounts", k], "msg": msg} if {
	some i, stage in input.stages
	some j, run in stage.runs
	some k, mount in run.mounts
	some path in [mount.source, mount.target]
	socket(path)
	msg := sprintf("the mount of %s is the socket of a container daemon", [path])
}

socket(path) if {
	contains(path, ".sock")
	some name in ["/docker.sock", "/containerd.sock", "/podman.sock", "/crio.sock"]
	contains(concat("", [path, ":"]), concat("", [name, ":"]))
}
