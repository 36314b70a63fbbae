# METADATA
# title: Members of a workspace ask for a crate each by itself
# description: >-
#   Two requirements on one crate are updated one by one and drift apart, until two versions are compiled. Told is a
#   member that does not inherit what [workspace.dependencies] has, and members whose requirements differ.
# related_resources:
#   - https://doc.rust-lang.org/cargo/reference/workspaces.html#the-dependencies-table
# custom:
#   severity: low
#   cwe: [1104]
#   equivalent: ["cargo-deny:bans/workspace-duplicate"]
#   parameters:
#     equal:
#       description: true tells members with equal requirements as well.
#       default: false
#   remediation: Name the crate once in [workspace.dependencies] and write workspace = true in the members.
#   bad: |
#     -- Cargo.toml --
#     [workspace]
#     members = ["app", "model"]
#     -- app/Cargo.toml --
#     [package]
#     name = "app"
#     version = "1.0.0"
#     [dependencies]
#     rand = "0.8"
#     -- model/Cargo.toml --
#     [package]
#     name = "model"
#     version = "1.0.0"
#     [dependencies]
#     rand = "0.7"
#   good: |
#     -- Cargo.toml --
#     [workspace]
#     members = ["app", "model", "bench"]
#     [workspace.dependencies]
#     serde = "1"
#     -- app/Cargo.toml --
#     [package]
#     name = "app"
#     version = "1.0.0"
#     [dependencies]
#     serde.workspace = true
#     rand = "0.8"
#     model = { path = "../model" }
#     -- model/Cargo.toml --
#     [package]
#     name = "model"
#     version = "1.0.0"
#     [dependencies]
#     rand = "0.8"
#     old-rand = { package = "rand", version = "0.7" }
#     -- bench/Cargo.toml --
#     [package]
#     name = "bench"
#     version = "1.0.0"
#     [dependencies]
#     rand = "0.8"
package policies.project.workspace_duplicate

settings := data.parameters.project.workspace_duplicate

deny contains finding if {
	some key, places in stated
	[_, name] := key
	not key in shared
	manifests := {i | some [i, _] in places}
	count(manifests) > 1
	requirements := {input.cargo_manifest[i].dependencies[j].req | some [i, j] in places}
	differ(requirements)
	finding := blame(places, sprintf("%d members ask for %s by themselves: %s", [count(manifests), name, concat(", ", requirements)]), name)
}

deny contains finding if {
	some key, places in stated
	[root, name] := key
	key in shared
	finding := blame(places, sprintf("%s has %s in [workspace.dependencies], which is not inherited", [root, name]), name)
}

differ(requirements) if count(requirements) > 1

differ(_) if settings.equal

blame(places, msg, name) := {
	"at": path(places[0]), "msg": msg, "related": [path(p) | some p in array.slice(places, 1, count(places))],
	"properties": {"package": name},
}

path([i, j]) := ["cargo_manifest", i, "dependencies", j]

# A crate under another name is there because two versions are wanted.
stated[[root, name]] := places if {
	some [root, name] in {[m.workspace.root, d.name] | some m in input.cargo_manifest; some d in m.dependencies; plain(d)}
	places := [[i, j] |
		some i, m in input.cargo_manifest
		m.workspace.root == root
		some j, d in m.dependencies
		d.name == name
		plain(d)
	]
}

plain(d) if {
	d.kind in {"normal", "dev", "build"}
	d.source == "registry"
	d.name == d.package
	not d.inherited
}

shared contains [m.path, d.name] if {
	some m in input.cargo_manifest
	some d in m.dependencies
	d.kind == "workspace"
}
