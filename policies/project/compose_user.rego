# METADATA
# title: Compose service leaves its user to an image that runs as root
# description: >-
#   A service without user runs as the user of its image: of the stage that it builds, or of an image from
#   elsewhere. Where that is root, or nobody can tell from the repository, the container is not kept from
#   running as root.
# related_resources:
#   - https://github.com/compose-spec/compose-spec/blob/main/05-services.md#user
#   - https://docs.docker.com/reference/dockerfile/#user
# custom:
#   severity: high
#   cwe: [250]
#   equivalent:
#     - cis-docker:4.1
#   non_negotiable: true
#   remediation: Set user on the service to an unprivileged, numeric account, or end the stage that it builds with such a USER.
#   bad: |
#     -- compose.yaml --
#     services:
#       ledger:
#         build: {context: ., target: debug}
#         read_only: true
#     -- Dockerfile --
#     FROM debian:12 AS debug
#     FROM debian:12
#     USER 10001
#   good: |
#     -- compose.yaml --
#     services:
#       ledger:
#         build: .
#       database:
#         image: postgres:17
#         user: "999:999"
#     -- Dockerfile --
#     FROM debian:12
#     USER 10001
package policies.project.compose_user

import data.policies.lib.build
import data.policies.lib.image

# The services that leave their user open. A file that is laid over another leaves it to that one.
services := [{"at": ["compose", i, "services", j], "service": s} |
	some i, doc in input.compose
	some j, s in doc.services
	not s.user.set
	not s.partial
]

dockerfiles := {doc.path: i | some i, doc in input.dockerfile}

deny contains {"at": x.at, "msg": msg, "related": [["dockerfile", i, "stages", k, "user"]]} if {
	some x in services
	x.service.build.known
	i := dockerfiles[x.service.build.dockerfile]
	k := build.stage(input.dockerfile[i], x.service.build.target)
	user := input.dockerfile[i].stages[k].user
	reason := objection(user)
	msg := sprintf("service %q has no user, and the stage that it builds %s", [x.service.name, reason])
}

deny contains {"at": x.at, "msg": msg} if {
	some x in services
	x.service.build.set
	not present(x.service.build)
	msg := sprintf("service %q has no user, and what it builds is no stage of a Dockerfile of this repository", [x.service.name])
}

deny contains {"at": x.at, "msg": msg} if {
	some x in services
	not x.service.build.set
	not safe(x.service.image)
	msg := sprintf("service %q has no user, and its image %q is not known to run as another than root", [x.service.name, x.service.image.name])
}

objection(user) := "runs as root" if user.root

objection(user) := "runs as a user that is not known" if {
	not user.root
	not user.known
}

present(built) if {
	built.known
	build.stage(input.dockerfile[dockerfiles[built.dockerfile]], built.target) >= 0
}

safe(img) if {
	user := image.default_user(img)
	not user in {"", "0", "root"}
}

# A built image of the name tells more than any table.
safe(img) if {
	users := [built.user |
		some built in input.image
		some reference in built.references
		[reference.registry, reference.repository, reference.tag] == [img.registry, img.repository, img.tag]
	]
	count(users) > 0
	every user in users {
		user.known
		not user.root
	}
}
