# METADATA
# title: EXPOSE names a host port or an address
# description: >-
#   EXPOSE only documents the container's side, so the mapping has no effect, and Docker has announced that it will
#   refuse it.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#expose
#   - https://docs.docker.com/reference/build-checks/expose-invalid-format/
# custom:
#   severity: low
#   equivalent:
#     - buildkit:ExposeInvalidFormat
#   remediation: Name the container's port alone, and map it with docker run --publish.
#   bad: |
#     FROM debian:12
#     EXPOSE 127.0.0.1:80:8080
#     USER 10001
#   good: |
#     FROM debian:12
#     EXPOSE 8080 9000-9010/udp
#     USER 10001
package policies.dockerfile.expose_mapping

deny contains {"at": ["stages", i, "expose", j], "msg": msg} if {
	some i, stage in input.stages
	some j, port in stage.expose
	port.mapping
	msg := sprintf("%s maps a port of the host, which EXPOSE cannot do", [port.name])
}
