# METADATA
# title: Secret reaches the service in its environment
# description: >-
#   Every child of the service inherits the environment, crash reports and debug pages print it, and it stays in memory.
#   A credential is a file that the service alone can read, for as long as it runs.
# related_resources:
#   - https://systemd.io/CREDENTIALS/
# custom:
#   severity: medium
#   cwe: [526, 214]
#   remediation: Hand the secret over with LoadCredential= or LoadCredentialEncrypted=, and read it from $CREDENTIALS_DIRECTORY.
#   bad: |
#     [Service]
#     User=ledger
#     EnvironmentFile=/etc/ledger/secrets.env
#     ExecStart=/usr/bin/ledger
#   good: |
#     [Service]
#     User=ledger
#     EnvironmentFile=-/etc/default/ledger
#     PassEnvironment=LANG TOKEN_URL
#     LoadCredential=secrets:/etc/ledger/secrets
#     LimitCORE=0
#     ExecStart=/usr/bin/ledger
package policies.systemd.secret_source

deny contains {"at": ["conduct", "secret_sources", i], "msg": msg} if {
	some i, source in input.conduct.secret_sources
	msg := sprintf("%s= puts %s into the environment of %s", [source.name, source.value, input.name])
}
