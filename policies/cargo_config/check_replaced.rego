# METADATA
# title: Configuration runs something else in place of a check
# description: >-
#   An alias of cargo stands before the program of that name, a runner before the tests, and a wrapper before the compiler. With
#   one that does nothing, or that lies in the tree itself, cargo clippy and cargo test pass whatever the code is.
# related_resources:
#   - https://doc.rust-lang.org/cargo/reference/config.html
#   - https://github.com/rust-lang/cargo/issues/10049
# custom:
#   severity: high
#   cwe: [345, 829]
#   parameters:
#     allowed:
#       description: Runners and wrappers of the tree that are known to run what they are given.
#       default: []
#   remediation: Take the alias, runner or wrapper out of the configuration, or give the alias a name of its own.
#   bad: |
#     [alias]
#     clippy = "version"
#   good: |
#     [alias]
#     lint = "clippy --workspace --all-targets"
#     t = "test"
#     [build]
#     rustc-wrapper = "sccache"
#     [target.aarch64-unknown-linux-gnu]
#     runner = "qemu-aarch64 -L /usr/aarch64-linux-gnu"
#     [target.thumbv7em-none-eabihf]
#     runner = "./tools/flash.sh"
package policies.cargo_config.check_replaced

# Cargo has these from other programs, and an alias comes first. Aliases of its own subcommands have no effect.
programs := {"audit", "careful", "clippy", "deny", "fmt", "llvm-cov", "miri", "mutants", "nextest", "tarpaulin", "vet"}

deny contains {"at": ["aliases", i], "msg": msg} if {
	some i, alias in input.aliases
	alias.name in programs
	msg := sprintf("cargo %s runs %q", [alias.name, concat(" ", alias.words)])
}

deny contains {"at": ["targets", i], "msg": msg} if {
	some i, target in input.targets
	stranger(target.runner)
	not device(target.name)
	msg := sprintf("tests for %s are run by %q", [target.name, target.runner])
}

deny contains {"at": ["build", key], "msg": msg} if {
	some key in ["rustc", "rustc_wrapper", "rustc_workspace_wrapper"]
	stranger(input.build[key])
	msg := sprintf("the compiler is run by %q", [input.build[key]])
}

# A program that does nothing, or one of the tree.
stranger(command) if {
	command != ""
	program := split(command, " ")[0]
	not program in data.parameters.cargo_config.check_replaced.allowed
	suspect(program)
}

suspect(program) if program in {"true", ":", "echo", "cat", "test", "sleep", "printf", "/bin/true", "/usr/bin/true", "/bin/echo"}

suspect(program) if {
	contains(program, "/")
	not startswith(program, "/")
}

# What is built for a device cannot run where it is built.
device(target) if {
	some word in ["none", "wasm", "thumb", "riscv", "xtensa", "avr", "android", "ios"]
	contains(target, word)
}
