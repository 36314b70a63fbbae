# METADATA
# title: EXPOSE names no port
# description: >-
#   Docker refuses the build, or an older one publishes nothing.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#expose
# custom:
#   severity: medium
#   equivalent:
#     - hadolint:DL3011
#     - trivy:DS-0008
#     - kics:unix ports out of range
#     - semgrep:invalid-port
#   remediation: Name a port from 0 to 65535, or a range of them, with tcp, udp or sctp.
#   bad: |
#     FROM debian:12
#     EXPOSE 80000
#     USER 10001
#   good: |
#     FROM debian:12
#     ARG PORT
#     EXPOSE $PORT 8080 65535/udp 40000-60000/TCP
#     USER 10001
package policies.dockerfile.expose_port

deny contains {"at": ["stages", i, "expose", j], "msg": msg} if {
	some i, stage in input.stages
	some j, port in stage.expose
	msg := sprintf(problem[port.problem], [port.name])
}

problem := {
	"range": "%s is beyond 65535, or runs backwards",
	"protocol": "the protocol of %s is none of tcp, udp and sctp",
	"number": "%s is no port number",
}
