# METADATA
# title: Image exposes the port of SSH
# description: >-
#   A login service in a container is one more way in, with keys and accounts that nobody rotates; the runtime's
#   exec and logs do what it is for.
# related_resources:
#   - https://docs.docker.com/engine/containers/multi-service_container/
#   - https://docs.docker.com/reference/dockerfile/#expose
# custom:
#   severity: medium
#   cwe: [1188]
#   equivalent:
#     - trivy:DS-0004
#     - checkov:CKV_DOCKER_1
#     - kics:exposing port 22
#     - cis-docker:5.7
#   remediation: Remove the SSH server and its port.
#   bad: |
#     FROM debian:12
#     EXPOSE 22/tcp
#     USER 10001
#   good: |
#     FROM debian:12
#     EXPOSE 2222 8022-8030 22/udp
#     USER 10001
package policies.dockerfile.expose_ssh

deny contains {"at": ["stages", i, "expose", j], "msg": msg} if {
	some i, stage in input.stages
	some j, port in stage.expose
	port.known
	port.first <= 22
	port.last >= 22
	port.protocol == "tcp"
	msg := sprintf("EXPOSE %s opens the port of SSH", [port.name])
}
