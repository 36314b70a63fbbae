# METADATA
# title: Crate that clippy was told to say nothing about
# description: >-
#   The evidence shows that clippy found nothing, and the root of the crate, its manifest or the flags of cargo's configuration
#   switch off the lints that find mistakes. Nothing was looked for.
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
#     #![cfg_attr(any(test, windows), allow(clippy::all))]
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
	lint.active
	msg := sprintf("%s allows %s for the whole crate%s", [lint.file, lint.lint, when(lint)])
}

when(lint) := "" if lint.condition == ""

when(lint) := sprintf(" if %s", [lint.condition]) if lint.condition != ""

deny contains {"at": ["cargo_manifest", i, "lints", k], "msg": msg} if {
	looked
	some i, manifest in input.cargo_manifest
	some k, lint in manifest.lints
	lint.level == "allow"
	replace(trim_prefix(lint.name, "rust."), ".", "::") in groups
	msg := sprintf("%s allows %s", [manifest.path, lint.name])
}

deny contains {"at": ["cargo_config", i, "flags", k, "words"], "msg": msg} if {
	looked
	some i, config in input.cargo_config
	some k, flags in config.flags
	not startswith(flags.name, "env.")
	word := quiet(flags.words)
	msg := sprintf("%s of %s lets lints pass: %s", [flags.name, config.path, word])
}

# The compiler takes the lint as a word of its own, or behind the option.
quiet(words) := words[min(silent)] if {
	silent := {j | some j, _ in words; silences(words, j)}
	count(silent) > 0
}

silences(words, j) if startswith(words[j], "--cap-lints")

silences(words, j) if {
	words[j] in {"-A", "--allow"}
	words[j + 1] in groups
}

silences(words, j) if {
	some lint in groups
	words[j] in {concat("", ["-A", lint]), concat("", ["--allow=", lint])}
}
