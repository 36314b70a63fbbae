# METADATA
# title: Package does not say which compiler it needs
# description: >-
#   Without rust-version nothing ties the code to the compiler of the toolchain file, the image and CI:
#   an older one fails with a puzzling error, and cargo may pick dependencies that it cannot compile.
# related_resources:
#   - https://doc.rust-lang.org/cargo/reference/rust-version.html
# custom:
#   severity: low
#   cwe: [1357]
#   remediation: Set rust-version in the package, or in [workspace.package] and inherit it.
#   bad: |
#     -- Cargo.toml --
#     [package]
#     name = "ledger"
#     version = "1.0.0"
#     edition = "2021"
#     publish = false
#     -- src/main.rs --
#     fn main() {}
#   good: |
#     -- Cargo.toml --
#     [workspace]
#     members = ["server", "model"]
#     [workspace.package]
#     rust-version = "1.82"
#     -- server/Cargo.toml --
#     [package]
#     name = "server"
#     version = "1.0.0"
#     rust-version.workspace = true
#     publish = false
#     -- server/src/main.rs --
#     fn main() {}
#     -- model/Cargo.toml --
#     [package]
#     name = "model"
#     version = "1.0.0"
#     publish = false
#     -- model/src/lib.rs --
#     -- fuzz/Cargo.toml --
#     [package]
#     name = "ledger-fuzz"
#     version = "0.0.0"
#     publish = false
#     [package.metadata]
#     cargo-fuzz = true
#     [[bin]]
#     name = "parse"
#     path = "parse.rs"
package policies.cargo_manifest.rust_version

deny contains {"at": ["package", "rust_version"], "msg": msg} if {
	shipped
	input.package.rust_version.value == ""
	not input.package.rust_version.inherited
	msg := sprintf("package %q has no rust-version", [input.package.name])
}

deny contains {"at": ["package", "rust_version"], "msg": msg} if {
	input.package.rust_version.unresolved
	msg := sprintf("package %q inherits a rust-version that no workspace here sets", [input.package.name])
}

# A library that never leaves its workspace is compiled by whatever compiles the programs.
shipped if {
	input.package.present
	not input.package.fuzz
	count(input.package.binaries) > 0
}

shipped if {
	input.package.present
	input.package.publish
}
