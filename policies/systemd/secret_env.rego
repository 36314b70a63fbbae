# METADATA
# title: Unit holds a secret
# description: >-
#   Unit files are readable by everyone on the machine, systemctl show prints their environment, and ps shows
#   their command lines. A secret that is committed with the unit is known to all who can read the repository.
# related_resources:
#   - https://systemd.io/CREDENTIALS/
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#Environment=
# custom:
#   severity: critical
#   cwe: [798, 526, 214]
#   non_negotiable: true
#   remediation: Change the secret, keep it outside the repository, and hand it over with LoadCredential=.
#   bad: |
#     [Service]
#     User=ledger
#     Environment="RUST_LOG=info" DATABASE_URL=postgres://ledger:Tr0ub4dor-3x@db/ledger
#     ExecStart=/usr/bin/ledger
#   good: |
#     [Service]
#     User=ledger
#     Environment=RUST_LOG=info DB_PASSWORD_FILE=%d/db-password TOKEN_URL=https://login.corp/token
#     EnvironmentFile=/etc/ledger/environment
#     LoadCredential=db-password:/etc/ledger/db-password
#     ExecStart=/usr/bin/ledger --token-file ${CREDENTIALS_DIRECTORY}/token
package policies.systemd.secret_env

deny contains {"at": ["environment", i], "msg": msg} if {
	some i, v in input.environment
	v.secret.found
	msg := sprintf("Environment= sets %s to a secret: %s (%s)", [v.name, v.secret.masked, v.secret.reason])
}

deny contains {"at": ["overridden", i], "msg": msg} if {
	some i, v in input.overridden
	v.secret.found
	msg := sprintf("%s holds a secret that is replaced, and still in the file: %s (%s)", [v.name, v.secret.masked, v.secret.reason])
}

deny contains {"at": ["credentials", i], "msg": msg} if {
	some i, v in input.credentials
	v.secret.found
	msg := sprintf("SetCredential= holds the secret %s: %s (%s)", [v.name, v.secret.masked, v.secret.reason])
}

deny contains {"at": ["environment_files", i, "variables", j], "msg": msg} if {
	some i, file in input.environment_files
	not file.document
	some j, v in file.variables
	v.secret.found
	msg := sprintf("%s sets %s to a secret: %s (%s)", [file.file, v.name, v.secret.masked, v.secret.reason])
}

deny contains {"at": ["exec", i, "secrets", j], "msg": msg} if {
	some i, command in input.exec
	some j, verdict in command.secrets
	msg := sprintf("the command line of %s shows a secret: %s (%s)", [command.name, verdict.masked, verdict.reason])
}
