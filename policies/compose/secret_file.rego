# METADATA
# title: Secret of a compose file lies in the repository
# description: >-
#   The file that the secret is read from is in the repository as it is: whoever has the repository, or
#   ever had it, has the secret, and its history keeps it after the file is gone.
# related_resources:
#   - https://docs.docker.com/compose/how-tos/use-secrets/
#   - https://github.com/compose-spec/compose-spec/blob/main/09-secrets.md
# custom:
#   severity: high
#   cwe: [538, 798]
#   remediation: Change the secret, remove the file from the repository, and let whoever deploys put it there, or encrypt it.
#   bad: |
#     -- compose.yaml --
#     services:
#       ledger:
#         image: ledger:1.4.2
#         secrets: [database_password]
#     secrets:
#       database_password:
#         file: ./secrets/database_password.txt
#     -- secrets/database_password.txt --
#     Tr0ub4dor-3x
#   good: |
#     -- compose.yaml --
#     services:
#       ledger:
#         image: ledger:1.4.2
#         secrets: [database_password, ca, token, key]
#     secrets:
#       database_password:
#         file: ./secrets/database_password
#       ca:
#         file: ./secrets/ca.pem
#       token:
#         environment: LEDGER_TOKEN
#       key:
#         external: true
#     -- secrets/ca.pem --
#     -----BEGIN CERTIFICATE-----
#     MIIBszCCAVmgAwIBAgIUZ
#     -----END CERTIFICATE-----
package policies.compose.secret_file

deny contains {"at": ["secrets", i], "msg": msg} if {
	some i, s in input.secrets
	s.plain
	msg := sprintf("the secret %q lies in the repository as it is: %s", [s.name, s.value])
}
