# METADATA
# title: Audit whose failure is passed over
# description: >-
#   The audit runs, and whatever it finds, the workflow goes on as if it had found nothing. A report in
#   JSON is another matter: it is judged where it is read.
# related_resources:
#   - https://docs.rs/crate/cargo-audit/latest
#   - https://embarkstudios.github.io/cargo-deny/
# custom:
#   severity: high
#   cwe: [703, 390]
#   non_negotiable: true
#   remediation: Let the audit fail the job, and accept single results by waivers.
#   bad: |
#     on: push
#     jobs:
#       audit:
#         runs-on: ubuntu-24.04
#         steps:
#           - run: cargo audit || true
#   good: |
#     on: push
#     jobs:
#       audit:
#         runs-on: ubuntu-24.04
#         steps:
#           - run: cargo audit
#           - run: cargo audit --json > audit.json || true
#           - run: cargo fmt --check || true
package policies.workflow.audit_may_fail

audits := {"audit", "deny", "vet"}

actions := {"rustsec/audit-check", "actions-rs/audit-check", "actions-rust-lang/audit", "embarkstudios/cargo-deny-action"}

deny contains {"at": ["jobs", i, "steps", j, "cargo", k], "msg": msg} if {
	some i, job in input.jobs
	some j, step in job.steps
	some k, command in step.cargo
	command.subcommand in audits
	true in {command.may_fail, step.may_fail, job.may_fail}
	not reports(command)
	msg := sprintf("a failure of cargo %s does not fail the workflow", [command.subcommand])
}

deny contains {"at": ["jobs", i, "steps", j, "uses"], "msg": msg} if {
	some i, job in input.jobs
	some j, step in job.steps
	lower(step.uses.name) in actions
	true in {step.may_fail, job.may_fail}
	msg := sprintf("a failure of %s does not fail the workflow", [step.uses.name])
}

reports(command) if "--json" in command.args

reports(command) if {
	some arg in command.args
	arg in {"json", "sarif", "--format=json", "--format=sarif"}
}
