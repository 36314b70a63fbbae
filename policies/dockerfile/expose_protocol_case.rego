# METADATA
# title: Protocol of EXPOSE has upper-case letters
# description: >-
#   Docker writes it in lower case into the image. One way of writing is found by one search.
# related_resources:
#   - https://docs.docker.com/reference/build-checks/expose-proto-casing/
# custom:
#   severity: low
#   equivalent:
#     - buildkit:ExposeProtoCasing
#   remediation: Write the protocol in lower case.
#   bad: |
#     FROM debian:12
#     EXPOSE 8080/TCP
#     USER 10001
#   good: |
#     FROM debian:12
#     EXPOSE 8080/tcp 53/udp 9000
#     USER 10001
package policies.dockerfile.expose_protocol_case

deny contains {"at": ["stages", i, "expose", j], "msg": msg} if {
	some i, stage in input.stages
	some j, port in stage.expose
	port.protocol_case
	msg := sprintf("the protocol of %s is not in lower case", [port.name])
}
