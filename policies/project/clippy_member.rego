# METADATA
# title: Workspace member that clippy did not look at
# description: >-
#   The report of clippy shows what was built, and a member of the workspace is not among it. Without --workspace
#   cargo takes the default members alone.
# custom:
#   severity: medium
#   cwe: [710]
#   remediation: Run cargo clippy --workspace --all-targets, and keep its report.
#   bad: |
#     -- Cargo.toml --
#     [workspace]
#     resolver = "2"
#     members = ["api", "core"]
#     -- api/Cargo.toml --
#     [package]
#     name = "api"
#     version = "0.1.0"
#     edition = "2021"
#     rust-version = "1.85"
#     -- core/Cargo.toml --
#     [package]
#     name = "core"
#     version = "0.1.0"
#     edition = "2021"
#     rust-version = "1.85"
#     -- reports/clippy.json --
#     {"reason":"compiler-artifact","package_id":"path+file:///src/api#api@0.1.0","manifest_path":"/src/api/Cargo.toml"}
#     {"reason":"build-finished","success":true}
#   good: |
#     -- Cargo.toml --
#     [workspace]
#     resolver = "2"
#     members = ["api", "core"]
#     -- api/Cargo.toml --
#     [package]
#     name = "api"
#     version = "0.1.0"
#     edition = "2021"
#     rust-version = "1.85"
#     -- core/Cargo.toml --
#     [package]
#     name = "core"
#     version = "0.1.0"
#     edition = "2021"
#     rust-version = "1.85"
#     -- reports/clippy.json --
#     {"reason":"compiler-artifact","package_id":"path+file:///src/api#api@0.1.0","manifest_path":"/src/api/Cargo.toml"}
#     {"reason":"compiler-artifact","package_id":"path+file:///src/core#core@0.1.0","manifest_path":"/src/core/Cargo.toml"}
#     {"reason":"build-finished","success":true}
package policies.project.clippy_member

deny contains {"at": ["scan", s, "subject", "targets"], "msg": msg, "related": [["cargo_manifest", i, "package", "name"]]} if {
	some i, manifest in input.cargo_manifest
	manifest.package.present
	not manifest.package.fuzz
	some s in reports[manifest.workspace.root]
	not manifest.package.name in built
	msg := sprintf("no report of a linter shows that %s (%s) was built", [manifest.package.name, manifest.path])
}

linted contains s if {
	some s, scan in input.scan
	scan.concern == "lints"
	scan.subject.kind == "workspace"
}

built contains target.name if {
	some s in linted
	some target in input.scan[s].subject.targets
}

# The reports about a workspace are those that show one of its members.
reports[root] contains s if {
	some s in linted
	names := {target.name | some target in input.scan[s].subject.targets}
	some manifest in input.cargo_manifest
	manifest.package.name in names
	root := manifest.workspace.root
}
