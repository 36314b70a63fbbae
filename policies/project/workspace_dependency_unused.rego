# METADATA
# title: Dependency of the workspace is used by no member
# description: >-
#   A line of [workspace.dependencies] that no member inherits does nothing. Whoever updates it, or reads it for what the
#   service is built of, is misled.
# related_resources:
#   - https://doc.rust-lang.org/cargo/reference/workspaces.html#the-dependencies-table
# custom:
#   severity: low
#   cwe: [1104]
#   equivalent: ["cargo-deny:bans/unused-workspace-dependency"]
#   remediation: Remove the line, or inherit it in the member that needs it.
#   bad: |
#     -- Cargo.toml --
#     [workspace]
#     members = ["app"]
#     [workspace.dependencies]
#     serde = "1"
#     -- app/Cargo.toml --
#     [package]
#     name = "app"
#     version = "1.0.0"
#     [dependencies]
#     serde = "1"
#   good: |
#     -- Cargo.toml --
#     [workspace]
#     members = ["app"]
#     [workspace.dependencies]
#     serde = "1"
#     cc = "1"
#     -- app/Cargo.toml --
#     [package]
#     name = "app"
#     version = "1.0.0"
#     [dependencies]
#     serde.workspace = true
#     [build-dependencies]
#     cc.workspace = true
package policies.project.workspace_dependency_unused

deny contains {"at": ["cargo_manifest", i, "dependencies", j], "msg": msg, "properties": {"package": d.package}} if {
	some i, manifest in input.cargo_manifest
	manifest.path in peopled
	some j, d in manifest.dependencies
	d.kind == "workspace"
	not [manifest.path, d.name] in inherited
	msg := sprintf("no member of the workspace inherits %s", [d.name])
}

# A workspace without a package here has its members elsewhere.
peopled := {manifest.workspace.root | some manifest in input.cargo_manifest; manifest.package.present}

inherited contains [manifest.workspace.root, d.name] if {
	some manifest in input.cargo_manifest
	some d in manifest.dependencies
	d.inherited
}
