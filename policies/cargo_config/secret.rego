# METADATA
# title: Cargo configuration holds a secret
# description: >-
#   A token in the repository is known to everybody who ever clones it and stays in the history when the
#   line is gone. With a registry's token anybody can publish in the owner's name.
# related_resources:
#   - https://doc.rust-lang.org/cargo/reference/registry-authentication.html
#   - https://doc.rust-lang.org/cargo/reference/config.html#credentials
# custom:
#   severity: critical
#   cwe: [312, 540, 798]
#   non_negotiable: true
#   remediation: Revoke the secret, remove it, and let a credential provider or a variable of the CI supply the new one.
#   bad: |
#     [registries.acme]
#     index = "sparse+https://crates.example.com/index/"
#     token = "Bearer q8ZrT2mN5vX9cL4wK7yH"
#   good: |
#     [registries.acme]
#     index = "sparse+https://crates.example.com/index/"
#     credential-provider = ["cargo:token-from-stdout", "vault-token"]
#
#     [env]
#     DATABASE_PASSWORD_FILE = "/run/secrets/database"
package policies.cargo_config.secret

deny contains {"at": ["secrets", i], "msg": msg} if {
	some i, secret in input.secrets
	msg := sprintf("%s holds a secret (%s)", [secret.name, secret.masked])
}
