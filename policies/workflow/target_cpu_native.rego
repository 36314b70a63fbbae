# METADATA
# title: Workflow compiles for the processor that it happens to run on
# description: >-
#   With target-cpu=native the compiler uses every instruction of the machine that CI has rented this
#   time. The binary dies with SIGILL on an older processor, and the next build is another one.
# related_resources:
#   - https://doc.rust-lang.org/rustc/codegen-options/index.html#target-cpu
# custom:
#   severity: high
#   cwe: [1357]
#   non_negotiable: true
#   remediation: Name the oldest processor that the service must run on, such as x86-64-v3.
#   bad: |
#     on: push
#     jobs:
#       build:
#         runs-on: ubuntu-24.04
#         env:
#           RUSTFLAGS: -C target-cpu=native
#         steps:
#           - run: cargo build --release --locked
#   good: |
#     on: push
#     jobs:
#       build:
#         runs-on: ubuntu-24.04
#         env:
#           RUSTFLAGS: -C target-cpu=x86-64-v3
#         steps:
#           - run: cargo build --release --locked
package policies.workflow.target_cpu_native

deny contains {"at": at, "msg": msg} if {
	some [at, variable] in variables
	native(variable.value)
	msg := sprintf("%s asks for target-cpu=native", [variable.name])
}

deny contains {"at": ["jobs", i, "steps", j, "cargo", k], "msg": msg} if {
	some i, job in input.jobs
	some j, step in job.steps
	some k, command in step.cargo
	native(command.rustflags)
	msg := sprintf("cargo %s compiles with target-cpu=native", [command.subcommand])
}

variables contains [["env", i], variable] if some i, variable in input.env

variables contains [["jobs", i, "env", k], variable] if some k, variable in input.jobs[i].env

variables contains [["jobs", i, "steps", j, "env", k], variable] if some k, variable in input.jobs[i].steps[j].env

variables contains [["jobs", i, "steps", j, "exports", k], variable] if some k, variable in input.jobs[i].steps[j].exports

native(flags) if contains(flags, "target-cpu=native")
