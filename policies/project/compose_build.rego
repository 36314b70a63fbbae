# METADATA
# title: Compose file and Dockerfile disagree on the build
# description: >-
#   A target that the Dockerfile does not have makes no image, and an argument that it does not declare changes nothing:
#   a version or a switch that seems to be set is not. Both are left behind when one of the two files changes.
# related_resources:
#   - https://github.com/compose-spec/compose-spec/blob/main/build.md#target
#   - https://docs.docker.com/build/building/variables/
# custom:
#   severity: medium
#   cwe: [1357]
#   remediation: Name a stage and arguments that the Dockerfile has, or remove them.
#   bad: |
#     -- compose.yaml --
#     services:
#       ledger:
#         build:
#           context: .
#           target: runtime
#           args: {RUST_VERSION: "1.95"}
#     -- Dockerfile --
#     ARG DEBIAN=12
#     FROM debian:${DEBIAN} AS run
#     USER 10001
#   good: |
#     -- compose.yaml --
#     services:
#       ledger:
#         build:
#           context: .
#           target: Run
#           args: [DEBIAN=12, REVISION, HTTP_PROXY=http://proxy.example.com, BUILDKIT_CONTEXT_KEEP_GIT_DIR=1]
#     -- Dockerfile --
#     ARG DEBIAN=12
#     FROM debian:${DEBIAN} AS run
#     ARG REVISION
#     USER 10001
package policies.project.compose_build

import data.policies.lib.build

# Arguments that builders know without ARG.
predefined := `^(?i:https?_proxy|ftp_proxy|no_proxy|all_proxy)$|^(BUILDKIT_|TARGET|BUILD(PLATFORM|OS|ARCH|VARIANT)$|SOURCE_DATE_EPOCH$)`

builds := [{"at": ["compose", i, "services", j, "build"], "service": s.name, "build": s.build, "dockerfile": k} |
	some i, doc in input.compose
	some j, s in doc.services
	s.build.known
	some k, d in input.dockerfile
	d.path == s.build.dockerfile
]

deny contains {"at": array.concat(b.at, ["target"]), "msg": msg, "related": [["dockerfile", b.dockerfile]]} if {
	some b in builds
	not build.stage(input.dockerfile[b.dockerfile], b.build.target)
	not contains(b.build.target, "$")
	msg := sprintf("service %q builds the stage %q, which %s does not have", [b.service, b.build.target, b.build.dockerfile])
}

deny contains {"at": array.concat(b.at, ["args", n]), "msg": msg, "related": [["dockerfile", b.dockerfile]]} if {
	some b in builds
	some n, arg in b.build.args
	not arg.name in declared(input.dockerfile[b.dockerfile])
	not regex.match(predefined, arg.name)
	msg := sprintf("service %q passes the argument %s, which %s does not declare", [b.service, arg.name, b.build.dockerfile])
}

declared(d) := {a.name | some a in d.args} | {a.name | some s in d.stages; some a in s.args}
