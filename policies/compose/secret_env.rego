# METADATA
# title: Compose file holds a secret
# description: >-
#   The value stands in the repository and in the output of docker inspect, and every child process and
#   crash report inherits it. This goes for environment variables as for build arguments, commands, health
#   checks and the content of configs.
# related_resources:
#   - https://docs.docker.com/compose/how-tos/use-secrets/
#   - https://docs.docker.com/compose/how-tos/environment-variables/best-practices/
# custom:
#   severity: critical
#   cwe: [798, 526]
#   equivalent:
#     - kics:passwords and secrets
#   non_negotiable: true
#   remediation: Change the secret, keep it outside the repository, and hand it to the service as a file with secrets.
#   bad: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         environment:
#           - RUST_LOG=info
#           - DATABASE_URL=postgres://ledger:${DB_PASSWORD:-Tr0ub4dor-3x}@db/ledger
#   good: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         environment:
#           DATABASE_PASSWORD_FILE: /run/secrets/database_password
#           SMTP_PASSWORD: ${SMTP_PASSWORD:?set it in the shell}
#           API_TOKEN:
#         secrets: [database_password]
#     secrets:
#       database_password:
#         environment: DATABASE_PASSWORD
package policies.compose.secret_env

deny contains {"at": leak.at, "msg": msg} if {
	some s in input.services
	some leak in s.leaks
	msg := sprintf("%s of service %q holds a secret: %s (%s)", [leak.what, s.name, leak.secret.masked, leak.secret.reason])
}

deny contains {"at": leak.at, "msg": msg} if {
	some leak in input.leaks
	msg := sprintf("%s holds a secret: %s (%s)", [leak.what, leak.secret.masked, leak.secret.reason])
}
