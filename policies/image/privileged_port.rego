# METADATA
# title: Image exposes a port below 1024 and does not run as root
# description: >-
#   Ports below 1024 ask for root or a capability. Docker lets every user have them in a network namespace of
#   its own; other runtimes, rootless ones and host networks do not, and there the program fails to start.
# custom:
#   severity: low
#   remediation: Listen on a port from 1024 on, and map it where the container is run.
#   bad: |
#     [{"Id": "sha256:9f2c", "RepoTags": ["ledger:1.4.2"], "Architecture": "amd64", "Os": "linux", "Config": {"User": "10001", "ExposedPorts": {"443/tcp": {}}}}]
#   good: |
#     [{"Id": "sha256:9f2c", "RepoTags": ["ledger:1.4.2"], "Architecture": "amd64", "Os": "linux", "Config": {"User": "10001", "ExposedPorts": {"8443/tcp": {}}}}]
package policies.image.privileged_port

deny contains {"at": ["ports", i], "msg": msg} if {
	some i, port in input.ports
	port.first > 0
	port.first < 1024
	not input.user.root
	not able
	msg := sprintf("the image exposes port %s and runs as %q", [port.name, input.user.value])
}

able if {
	some file in input.files.capable
	"cap_net_bind_service" in file.capabilities
}
