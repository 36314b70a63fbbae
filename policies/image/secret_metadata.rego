# METADATA
# title: Secret in the history, the labels or the commands of an image
# description: >-
#   Labels, commands and history are part of the image: docker history shows the value of each build argument
#   to whoever may pull it. A later layer takes none of it back.
# related_resources:
#   - https://docs.docker.com/build/building/secrets/
# custom:
#   severity: high
#   cwe: [312, 538]
#   equivalent:
#     - dockle:CIS-DI-0010
#     - cis-docker:4.10
#   remediation: Build with RUN --mount=type=secret, take the secret out of labels and commands, and change it where it was used.
#   bad: |
#     [{"Id": "sha256:9f2c", "RepoTags": ["ledger:1.4.2"], "Architecture": "amd64", "Os": "linux", "History": [{"created_by": "RUN |1 NPM_TOKEN=s3cr3t-Pa55word-91 /bin/sh -c npm ci # buildkit"}], "Config": {"User": "10001"}}]
#   good: |
#     [{"Id": "sha256:9f2c", "RepoTags": ["ledger:1.4.2"], "Architecture": "amd64", "Os": "linux", "History": [{"created_by": "RUN |1 VERSION=1.4.2 /bin/sh -c npm ci # buildkit"}, {"created_by": "ENV DB_PASSWORD_FILE=/run/secrets/db"}], "Config": {"User": "10001", "Labels": {"org.opencontainers.image.revision": "4f2a9c1d77e0b35a6cf1d2e8890ab3c4d5e6f708"}}}]
package policies.image.secret_metadata

deny contains {"at": leak.at, "msg": msg} if {
	some leak in input.leaks
	msg := sprintf("%s %s of the image holds a secret (%s)", [leak.where, leak.name, leak.secret.reason])
}
