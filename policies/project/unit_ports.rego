# METADATA
# title: Unit and container listen on different ports
# description: >-
#   The same program is said to listen on one port under systemd and on another in its image, in compose or in
#   Kubernetes. One of them is wrong, or was changed alone: firewalls, proxies and probes follow it.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#expose
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.socket.html
# custom:
#   severity: low
#   cwe: [1068]
#   remediation: Let the program listen on the same port everywhere, or correct the place that is wrong.
#   bad: |
#     -- deploy/ledger.service --
#     [Service]
#     User=ledger
#     Environment=LEDGER_LISTEN=127.0.0.1:8080
#     ExecStart=/usr/bin/ledger
#     -- Dockerfile --
#     FROM debian:12
#     COPY ledger /usr/local/bin/ledger
#     EXPOSE 8081
#     USER 10001
#     ENTRYPOINT ["/usr/local/bin/ledger"]
#   good: |
#     -- deploy/ledger.service --
#     [Service]
#     User=ledger
#     Environment=LEDGER_LISTEN=127.0.0.1:8080 METRICS_PORT=9090
#     ExecStart=/usr/bin/ledger
#     -- Dockerfile --
#     FROM debian:12
#     COPY ledger /usr/local/bin/ledger
#     EXPOSE 8080
#     USER 10001
#     ENTRYPOINT ["/usr/local/bin/ledger"]
package policies.project.unit_ports

import data.policies.lib.unit

deny contains {"at": ["systemd", i, "ports", 0], "msg": msg, "related": [other.at]} if {
	some name, i in unit.services
	others := declared[name]
	own := {p.port | some p in input.systemd[i].ports}
	count(own) > 0
	some other in others
	count(other.ports) > 0
	count(own & other.ports) == 0
	not lifted(own, other.ports)
	msg := sprintf("%s listens on %s, and %s names %s", [input.systemd[i].name, text(own), other.what, text(other.ports)])
}

declared[name] contains {"at": array.concat(place, ["expose", 0]), "what": "EXPOSE", "ports": ports} if {
	some name, place in unit.stages
	expose := input.dockerfile[place[1]].stages[place[3]].expose
	every e in expose {
		e.known
	}
	ports := {port | some e in expose; some port in numbers.range(e.first, min([e.last, e.first + 100]))}
}

declared[name] contains {"at": place, "what": sprintf("container %q", [container.name]), "ports": ports} if {
	some name, places in unit.containers
	some place in places
	container := input.kubernetes[place[1]].containers[place[3]]
	ports := {p.number | some p in container.ports; p.number > 0}
}

declared[name] contains {"at": place, "what": sprintf("compose service %q", [service.name]), "ports": ports} if {
	some name, places in unit.composed
	some place in places
	service := input.compose[place[1]].services[place[3]]
	ports := {p.target_first | some p in service.ports; p.target_first == p.target_last; p.target_first > 0}
}

# systemd gives a service low ports, and a container stays above 1024 without root: 443 here is 8443 there.
lifted(own, theirs) if {
	max(own) < 1024
	min(theirs) >= 1024
}

text(ports) := concat(", ", [sprintf("%d", [port]) | some port in sort(ports)])
