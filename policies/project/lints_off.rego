# METADATA
# title: Crate that clippy was told to say nothing about
# description: >-
#   The evidence shows that clippy found nothing, and the root of the crate or its manifest switches off the lints that find
#   mistakes. Nothing was looked for.
# related_resources:
#   - https://doc.rust-lang.org/clippy/lints.html
#   - https://doc.rust-lang.org/cargo/reference/manifest.html#the-lints-section
# custom:
#   severity: medium
#   cwe: [710]
#   parameters:
#     groups:
#       description: The lints and groups that no crate may switch off as a whole.
#       default: [warnings, "clippy::all", "clippy::correctness", "clippy::suspicious"]
#   remediation: Take the attribute out, and allow single lints where they are wrong.
#   bad: |
#     -- Cargo.toml --
#     [package]
#     name = "api"
#     version = "0.1.0"
#     edition = "2021"
#     rust-version = "1.85"
#     -- Cargo.lock --
#     version = 4
#     [[package]]
#     name = "api"
#     version = "0.1.0"
#     -- src/main.rs --
#     #![allow(clippy::all)]
#     fn main() {}
#     -- reports/clippy.json --
#     {"reason":"compiler-artifact","package_id":"path+file:///src#api@0.1.0","manifest_path":"/src/Cargo.toml"}
#     {"reason":"build-finished","success":true}
#   good: |
#     -- Cargo.toml --
#     [package]
#     name = "api"
#     version = "0.1.0"
#     edition = "2021"
#     rust-version = "1.85"
#     -- Cargo.lock --
#     version = 4
#     [[package]]
#     name = "api"
#     version = "0.1.0"
#     -- src/main.rs --
#     #![allow(clippy::needless_return)]
#     #![cfg_attr(test, allow(clippy::all))]
#     fn main() {}
#     -- reports/clippy.json --
#     {"reason":"compiler-artifact","package_id":"path+file:///src#api@0.1.0","manifest_path":"/src/Cargo.toml"}
#     {"reason":"build-finished","success":true}
package policies.project.lints_off

groups := {group | some group in data.parameters.project.lints_off.groups}

looked if {
	some scan in input.scan
	scan.concern == "lints"
}

looked if {
	some receipt in input.receipt
	receipt.name == "clippy"
}

deny contains {"at": ["cargo_manifest", i, "allowed", k, "lint"], "msg": msg} if {
	looked
	some i, manifest in input.cargo_manifest
	not manifest.package.vendored
	some k, lint in manifest.allowed
	lint.lint in groups
	lint.condition == ""
	msg := sprintf("%s allows %s for the whole crate", [lint.file, lint.lint])
}

deny contains {"at": ["cargo_manifest", i, "lints", k], "msg": msg} if {
	looked
	some i, manifest in input.cargo_manifest
	some k, lint in manifest.lints
	lint.level == "allow"
	replace(trim_prefix(lint.name, "rust."), ".", "::") in groups
	msg := sprintf("%s allows %s", [manifest.path, lint.name])
}
