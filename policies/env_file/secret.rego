# METADATA
# title: Environment file holds a secret
# description: >-
#   A committed environment file gives its secrets to everyone who can read the repository, its history and
#   its forks. In an example file only a value that was clearly generated counts.
# related_resources:
#   - https://12factor.net/config
#   - https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html
# custom:
#   severity: critical
#   cwe: [798, 312]
#   equivalent:
#     - gitleaks:generic-api-key
#   non_negotiable: true
#   remediation: Change the secret, remove the file from the repository, and commit an example without values.
#   bad: |
#     # settings of the ledger
#     RUST_LOG=info
#     export DB_PASSWORD="Tr0ub4dor-3x"
#   good: |
#     -- .env --
#     RUST_LOG=info
#     DB_PASSWORD_FILE=/run/secrets/db
#     API_TOKEN=${API_TOKEN}
#     TOKEN_TTL=3600
#     -- .env.example --
#     DB_PASSWORD=postgres
#     API_TOKEN=<your-token>
#     SMTP_PASSWORD=changeme
package policies.env_file.secret

deny contains {"at": ["vars", i], "msg": msg} if {
	some i, v in input.vars
	v.secret.found
	msg := sprintf("%s is a secret: %s (%s)", [v.name, v.secret.masked, v.secret.reason])
}

deny contains {"at": ["lines", i], "msg": msg} if {
	some i, line in input.lines
	line.secret.found
	msg := sprintf("the line shows a secret: %s (%s)", [line.secret.masked, line.secret.reason])
}
