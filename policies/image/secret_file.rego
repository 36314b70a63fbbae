# METADATA
# title: Image holds a file with credentials
# description: >-
#   Whoever may pull the image has the key, the password or the token in it, and so has whoever breaks into
#   the container. Files of tests, examples and documentation do not count.
# related_resources:
#   - https://docs.docker.com/build/building/secrets/
# custom:
#   severity: high
#   cwe: [522, 798]
#   equivalent:
#     - dockle:CIS-DI-0010
#     - cis-docker:4.10
#   remediation: Take the file out of the build, hand it over when the container starts, and change what was in it.
#   bad: |
#     -- app.tar/config.json --
#     {"config": {"User": "10001"}}
#     -- app.tar/1/home/app/.ssh/id_ed25519 0600 --
#     -----BEGIN OPENSSH PRIVATE KEY-----
#     b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtz
#     c2gtZWQyNTUxOQAAACBhbm90aGVyIG1hZGUgdXAga2V5IGZvciBhbiBleGFtcGxl
#     -----END OPENSSH PRIVATE KEY-----
#   good: |
#     -- app.tar/config.json --
#     {"config": {"User": "10001"}}
#     -- app.tar/1/usr/share/doc/openssl/examples/key.pem --
#     -----BEGIN OPENSSH PRIVATE KEY-----
#     b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtz
#     c2gtZWQyNTUxOQAAACBhbm90aGVyIG1hZGUgdXAga2V5IGZvciBhbiBleGFtcGxl
#     -----END OPENSSH PRIVATE KEY-----
#     -- app.tar/1/etc/ssl/certs/root.pem --
#     -----BEGIN CERTIFICATE-----
#     MIIBszCCAVmgAwIBAgIUQw==
#     -----END CERTIFICATE-----
#     -- app.tar/1/root/.npmrc --
#     //registry.npmjs.org/:_authToken=${NPM_TOKEN}
#     -- app.tar/1/app/.env.example --
#     DB_PASSWORD=changeme
package policies.image.secret_file

deny contains {"at": ["files", "secrets", i], "msg": msg} if {
	some i, file in input.files.secrets
	not file.sample
	not file.deleted
	msg := sprintf("%s is in the image, in layer %d (%s): %s", [file.name, file.layer + 1, input.layers[file.layer].name, file.reason])
}
