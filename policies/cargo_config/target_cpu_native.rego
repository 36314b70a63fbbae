# METADATA
# title: Configuration compiles for the processor of the machine that builds
# description: >-
#   With native the compiler uses every instruction of the machine that it runs on. The binary dies with
#   SIGILL on an older processor, and a build on another machine is another binary.
# related_resources:
#   - https://doc.rust-lang.org/rustc/codegen-options/index.html#target-cpu
#   - https://doc.rust-lang.org/cargo/reference/config.html#buildrustflags
# custom:
#   severity: high
#   cwe: [1357]
#   non_negotiable: true
#   remediation: Name the oldest processor that the service must run on, such as x86-64-v3.
#   bad: |
#     [target.x86_64-unknown-linux-gnu]
#     linker = "clang"
#     rustflags = ["-C", "link-arg=-fuse-ld=lld", "-C", "target-cpu=native"]
#   good: |
#     [target.x86_64-unknown-linux-gnu]
#     linker = "clang"
#     rustflags = ["-C", "link-arg=-fuse-ld=lld", "-C", "target-cpu=x86-64-v3"]
#
#     [env]
#     NOTE = "never -C target-cpu=native"
package policies.cargo_config.target_cpu_native

deny contains {"at": ["flags", i, "native"], "msg": msg} if {
	input.native
	some i, flags in input.flags
	flags.native
	msg := sprintf("%s compiles for the native processor", [flags.name])
}
