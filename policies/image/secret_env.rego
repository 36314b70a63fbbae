# METADATA
# title: Secret in the environment of an image
# description: >-
#   Everybody who may pull an image reads its environment, and so does every process and every crash report of
#   the container.
# related_resources:
#   - https://github.com/opencontainers/image-spec/blob/main/config.md
# custom:
#   severity: high
#   cwe: [312, 798]
#   equivalent:
#     - dockle:CIS-DI-0010
#     - cis-docker:4.10
#   non_negotiable: true
#   remediation: Take the variable out of the image and hand the secret over when the container starts, as a file.
#   bad: |
#     [{"Id": "sha256:9f2c", "RepoTags": ["ledger:1.4.2"], "Architecture": "amd64", "Os": "linux", "Config": {"User": "10001", "Env": ["PATH=/usr/bin", "DB_PASSWORD=s3cr3t-Pa55word"]}}]
#   good: |
#     [{"Id": "sha256:9f2c", "RepoTags": ["ledger:1.4.2"], "Architecture": "amd64", "Os": "linux", "Config": {"User": "10001", "Env": ["PATH=/usr/bin", "DB_PASSWORD_FILE=/run/secrets/db", "API_TOKEN=", "GPG_KEY=A035C8C19219BA821ECEA86B64E628F8D684696D"]}}]
package policies.image.secret_env

deny contains {"at": ["env", i], "msg": msg} if {
	some i, variable in input.env
	variable.secret.found
	msg := sprintf("the image sets the secret %s in its environment", [variable.name])
}
