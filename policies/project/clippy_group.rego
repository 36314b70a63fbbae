# METADATA
# title: Package does not ask for a wanted group of lints
# description: >-
#   The configuration wants groups of lints in every package, and a manifest does not switch one on. The report of a
#   linter does not show which groups it held the code to; the table [lints] of the manifest does.
# custom:
#   severity: low
#   cwe: [710]
#   parameters:
#     groups:
#       description: The groups or lints that each package has at least as a warning, such as clippy.pedantic or clippy.nursery.
#       default: []
#       example: [clippy.pedantic]
#   remediation: Add the group to [lints.clippy] of the package, or to [workspace.lints.clippy] and inherit it.
#   bad: |
#     -- Cargo.toml --
#     [package]
#     name = "api"
#     version = "0.1.0"
#     edition = "2021"
#     rust-version = "1.85"
#     [lints.clippy]
#     unwrap_used = "deny"
#     -- Cargo.lock --
#     version = 4
#     [[package]]
#     name = "api"
#     version = "0.1.0"
#   good: |
#     -- Cargo.toml --
#     [package]
#     name = "api"
#     version = "0.1.0"
#     edition = "2021"
#     rust-version = "1.85"
#     [lints.clippy]
#     pedantic = { level = "warn", priority = -1 }
#     -- Cargo.lock --
#     version = 4
#     [[package]]
#     name = "api"
#     version = "0.1.0"
package policies.project.clippy_group

deny contains {"at": ["cargo_manifest", i, "lints"], "msg": msg} if {
	some group in data.parameters.project.clippy_group.groups
	some i, manifest in input.cargo_manifest
	manifest.package.present
	not on(manifest, group)
	msg := sprintf("%s does not ask for the lints of %s", [manifest.package.name, group])
}

deny contains {"at": ["cargo_manifest", i, "allowed", k, "lint"], "msg": msg} if {
	some group in data.parameters.project.clippy_group.groups
	some i, manifest in input.cargo_manifest
	on(manifest, group)
	some k, lint in manifest.allowed
	lint.active
	lint.lint == replace(trim_prefix(group, "rust."), ".", "::")
	msg := sprintf("%s allows %s, which the manifest asks for", [lint.file, lint.lint])
}

on(manifest, group) if {
	some lint in manifest.lints
	lint.name == group
	lint.level != "allow"
}
