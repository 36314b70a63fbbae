# METADATA
# title: Service publishes a port that its image does not expose
# description: >-
#   EXPOSE says where the program listens. A published port that is not among them leads to nothing, or to a port that
#   nobody meant to open.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#expose
#   - https://github.com/compose-spec/compose-spec/blob/main/05-services.md#ports
# custom:
#   severity: low
#   remediation: Publish the port that the program listens on, and name it in EXPOSE.
#   bad: |
#     -- compose.yaml --
#     services:
#       ledger:
#         build: .
#         user: "10001"
#         read_only: true
#         ports: ["127.0.0.1:8080:9090"]
#     -- Dockerfile --
#     FROM debian:12
#     EXPOSE 8080
#     USER 10001
#   good: |
#     -- compose.yaml --
#     services:
#       ledger:
#         build: .
#         user: "10001"
#         read_only: true
#         ports: ["127.0.0.1:80:8080"]
#     -- Dockerfile --
#     FROM debian:12
#     EXPOSE 8000-8100
#     USER 10001
package policies.project.compose_expose

import data.policies.lib.built

deny contains {"at": ["compose", i, "services", j, "ports", k], "msg": msg, "related": [["dockerfile", n, "stages", t, "expose", 0]]} if {
	some i, j
	service := input.compose[i].services[j]
	service.build.known
	some k, port in service.ports
	some n, doc in input.dockerfile
	doc.path == service.build.dockerfile
	t := built.target(doc, service.build.target)
	stage := doc.stages[t]
	stage.system.plain
	count(stage.expose) > 0
	regex.match(`^\d+$`, port.target)
	not exposed(stage.expose, to_number(port.target))
	msg := sprintf("service %q publishes %s of its container, and %s exposes %s", [service.name, port.target, doc.path, concat(", ", [e.name | some e in stage.expose])])
}

exposed(list, number) if {
	some port in list
	port.first <= number
	number <= port.last
}

exposed(list, _) if {
	some port in list
	not port.known
}
