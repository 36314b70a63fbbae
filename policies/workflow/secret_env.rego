# METADATA
# title: Workflow holds a secret
# description: >-
#   Everyone who may read the repository may read the workflow, in every old version of it too, and its
#   runs are copied into logs. This goes for environments and inputs as for the scripts of the steps.
#   The password of a database that a job starts for itself is no secret.
# related_resources:
#   - https://docs.github.com/actions/how-tos/write-workflows/choose-what-workflows-do/use-secrets
#   - https://docs.gitlab.com/ci/variables/#mask-a-cicd-variable
# custom:
#   severity: critical
#   cwe: [798]
#   equivalent: [trivy:secret, kics:passwords and secrets, checkov:CKV_SECRET_6]
#   non_negotiable: true
#   remediation: Change the secret, keep it in the secrets of the CI service, and name it with an expression.
#   bad: |
#     on: push
#     jobs:
#       deploy:
#         runs-on: ubuntu-24.04
#         env:
#           DEPLOY_PASSWORD: Tr0ub4dor-3x
#         steps:
#           - run: ./deploy.sh
#   good: |
#     on: push
#     jobs:
#       test:
#         runs-on: ubuntu-24.04
#         services:
#           db:
#             image: postgres:17
#             env:
#               POSTGRES_PASSWORD: postgres
#         env:
#           DATABASE_URL: postgres://postgres:postgres@localhost/test
#           DEPLOY_PASSWORD: ${{ secrets.DEPLOY_PASSWORD }}
#           TOKEN_FILE: /run/secrets/token
#         steps:
#           - uses: actions/cache@v4
#             with:
#               path: target
#               key: cargo-${{ hashFiles('**/Cargo.lock') }}
#           - run: cargo test --locked
package policies.workflow.secret_env

deny contains {"at": ["secrets", i], "msg": msg} if {
	some i, secret in input.secrets
	msg := sprintf("%s holds a secret: %s (%s)", [secret.name, secret.masked, secret.reason])
}
