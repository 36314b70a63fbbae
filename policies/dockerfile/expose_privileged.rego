# METADATA
# title: Unprivileged image exposes a port below 1024
# description: >-
#   The user of the image is not root, and where the kernel's default holds only root may listen on such a port. The
#   container then needs a capability or a changed sysctl, and fails where neither is given.
# related_resources:
#   - https://man7.org/linux/man-pages/man7/capabilities.7.html
#   - https://docs.kernel.org/networking/ip-sysctl.html
# custom:
#   severity: low
#   cwe: [250]
#   remediation: Listen on a port from 1024 on, such as 8080, and map the port where the container is published.
#   bad: |
#     FROM debian:12
#     EXPOSE 80
#     USER 10001
#   good: |
#     FROM debian:12 AS root
#     EXPOSE 80
#     FROM debian:12
#     EXPOSE 8080 53/udp
#     RUN setcap cap_net_bind_service=+ep /usr/local/bin/ledger
#     EXPOSE 443
#     USER 10001
package policies.dockerfile.expose_privileged

deny contains {"at": ["stages", input.final, "expose", i], "msg": msg} if {
	stage := input.stages[input.final]
	stage.user.known
	not stage.user.root
	some i, port in stage.expose
	port.first > 0
	port.first < 1024
	not bindable
	msg := sprintf("the image runs as %s and exposes %s", [stage.user.name, port.name])
}

# A program that got the capability may listen on any port.
bindable if input.stages[_].calls.setcap
