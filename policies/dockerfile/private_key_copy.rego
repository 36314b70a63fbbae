# METADATA
# title: Private key is copied into the image
# description: >-
#   Whoever can pull the image has the key, and a later instruction that deletes the file does not take it out of
#   its layer. A key that was in an image has to be replaced.
# related_resources:
#   - https://docs.docker.com/build/building/secrets/
#   - https://docs.docker.com/build/concepts/context/#dockerignore-files
# custom:
#   severity: critical
#   cwe: [321, 538, 522]
#   equivalent:
#     - dockle:CIS-DI-0010
#     - cis-docker:4.10
#   remediation: Replace the key, mount it while the image is built (RUN --mount=type=secret or type=ssh), or give it to the container when it runs.
#   bad: |
#     FROM debian:12
#     COPY deploy/id_ed25519 /root/.ssh/id_ed25519
#     USER 10001
#   good: |
#     -- Dockerfile --
#     FROM debian:12
#     RUN --mount=type=ssh git clone git@example.com:acme/ledger.git /src
#     COPY keys/id_ed25519.pub keys/release.gpg.key /etc/keys/
#     COPY tls/ca.pem tls/server-key.pem.example /etc/tls/
#     COPY tls/public_key.pem /etc/tls/
#     COPY tls/key.pem /etc/tls/
#     USER 10001
#     -- tls/key.pem --
#     -----BEGIN PUBLIC KEY-----
#     MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
#     -----END PUBLIC KEY-----
package policies.dockerfile.private_key_copy

deny contains {"at": ["stages", i, "copies", j], "msg": msg} if {
	some i, stage in input.stages
	stage.base_of_final
	some j, copy in stage.copies
	some file in copy.sensitive
	file.kind == "key"
	msg := sprintf("%s is a private key, and the image gets it as %s", [file.name, copy.destination])
}
