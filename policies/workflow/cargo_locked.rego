# METADATA
# title: Cargo may change what Cargo.lock holds
# description: >-
#   Without --locked, cargo resolves anew where Cargo.lock does not fit the manifests, and compiles
#   versions that nobody has reviewed or audited. With cargo install it ignores the lock file that the
#   tool came with.
# related_resources:
#   - https://doc.rust-lang.org/cargo/commands/cargo-build.html#manifest-options
# custom:
#   severity: high
#   cwe: [1357, 829]
#   non_negotiable: true
#   remediation: Add --locked to the command.
#   bad: |
#     on: push
#     jobs:
#       build:
#         runs-on: ubuntu-24.04
#         steps:
#           - run: cargo build --release
#   good: |
#     on: push
#     jobs:
#       build:
#         runs-on: ubuntu-24.04
#         steps:
#           - run: |
#               cargo fmt --check
#               cargo test --frozen
#               cargo build --release --locked
package policies.workflow.cargo_locked

# Commands whose result is neither kept nor believed: they document, measure, or hunt for bugs.
harmless := {"doc", "miri", "careful", "tarpaulin", "llvm-cov", "bloat", "criterion", "hack", "watch", "fix"}

deny contains {"at": ["jobs", i, "steps", j, "cargo", k], "msg": msg} if {
	some i, job in input.jobs
	some j, step in job.steps
	some k, command in step.cargo
	command.resolves
	not command.locked
	not command.subcommand in harmless
	msg := sprintf("%s %s runs without --locked", [command.name, command.subcommand])
}

deny contains {"at": ["jobs", i, "steps", j, "cargo", k], "msg": msg} if {
	some i, job in input.jobs
	some j, step in job.steps
	some k, command in step.cargo
	command.updates
	not tries(command)
	some later in job.steps
	some compile in later.cargo
	compile.resolves
	msg := sprintf("cargo %s replaces the locked versions before cargo %s", [command.subcommand, compile.subcommand])
}

# A test of the lowest versions that the manifests allow.
tries(command) if {
	some arg in command.args
	endswith(arg, "minimal-versions")
}
