# METADATA
# title: Image was not built from the Dockerfile beside it
# description: >-
#   The repository has one Dockerfile and one image, and they say different things: what was reviewed is not
#   what will run. Where there are several of either, nobody can tell which belongs to which, and the rule is
#   silent.
# custom:
#   severity: high
#   cwe: [1068]
#   remediation: Build the image again from this Dockerfile, or hand over the image that was built from it.
#   bad: |
#     -- Dockerfile --
#     FROM debian:12
#     USER 10001
#     ENTRYPOINT ["/app/ledger"]
#     -- app.tar/config.json --
#     {"config": {"User": "0", "Entrypoint": ["/app/ledger"]}}
#   good: |
#     -- Dockerfile --
#     FROM debian:12 AS build
#     RUN make
#     FROM debian:12
#     COPY --from=build /app/ledger /app/ledger
#     USER 10001:10001
#     EXPOSE 8080
#     ENTRYPOINT ["/app/ledger"]
#     -- app.tar/config.json --
#     {"config": {"User": "10001:10001", "Entrypoint": ["/app/ledger"], "ExposedPorts": {"8080/tcp": {}, "9090/tcp": {}}}}
package policies.project.image_dockerfile

only if {
	count(input.image) == 1
	count(input.dockerfile) == 1
}

stage := input.dockerfile[0].stages[input.dockerfile[0].final] if only

at := ["dockerfile", 0, "stages", input.dockerfile[0].final]

deny contains {"at": ["image", 0, "user"], "msg": msg, "related": [array.concat(at, ["user"])]} if {
	stage.user.known
	stage.user.from in {"this", "stage"}
	wanted := concat(":", [part | some part in [stage.user.name, stage.user.group]; part != ""])
	input.image[0].user.value != wanted
	msg := sprintf("the image runs as %q, and its Dockerfile says USER %s", [input.image[0].user.value, wanted])
}

deny contains {"at": ["image", 0, "entrypoint"], "msg": msg, "related": [array.concat(at, ["entrypoint"])]} if {
	stage.entrypoint.form == "exec"
	stage.entrypoint.argv != input.image[0].entrypoint
	msg := sprintf("the image starts %v, and its Dockerfile says %v", [input.image[0].entrypoint, stage.entrypoint.argv])
}

deny contains {"at": ["image", 0, "ports"], "msg": msg, "related": [array.concat(at, ["expose", i])]} if {
	some i, port in stage.expose
	port.known
	not exposed(port)
	msg := sprintf("the image does not expose port %s, and its Dockerfile does", [port.name])
}

exposed(port) if {
	some has in input.image[0].ports
	has.first <= port.first
	has.last >= port.last
	has.protocol == port.protocol
}

# A range is in the image as its ports.
exposed(port) if {
	port.last > port.first
	count([has | some has in input.image[0].ports; has.first >= port.first; has.last <= port.last]) > port.last - port.first
}
