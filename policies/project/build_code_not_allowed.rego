# METADATA
# title: Crate runs code in the build and is not allowed to
# description: >-
#   A build script and a procedural macro run with the rights of whoever compiles, before any test and on every machine
#   that builds. Packages are those of cargo metadata and of a vendored tree. Without a configured list, none is judged.
# related_resources:
#   - https://embarkstudios.github.io/cargo-deny/checks/bans/cfg.html
# custom:
#   severity: high
#   cwe: [829, 94]
#   equivalent: ["cargo-deny:bans/build-script-not-allowed"]
#   parameters:
#     build_scripts:
#       description: Crates that may have a build script, such as ["ring", "libsqlite3-sys@0.30"].
#       default: []
#       example: [ring]
#     proc_macros:
#       description: Crates that may be procedural macros, such as ["serde_derive", "tokio-macros"].
#       default: []
#   remediation: Read what the crate runs and add it to the list, or replace it.
#   bad: |
#     -- metadata.json --
#     {"packages": [{"name": "codec", "version": "1.0.0", "id": "c", "license": "MIT", "license_file": null,
#       "source": "registry+https://github.com/rust-lang/crates.io-index", "publish": null, "targets": [{"kind": ["custom-build"]}], "features": {}}],
#      "workspace_members": [], "resolve": {"nodes": [{"id": "c", "features": []}]}, "version": 1}
#   good: |
#     -- metadata.json --
#     {"packages": [{"name": "ring", "version": "1.0.0", "id": "c", "license": "MIT", "license_file": null,
#       "source": "registry+https://github.com/rust-lang/crates.io-index", "publish": null, "targets": [{"kind": ["custom-build"]}], "features": {}}],
#      "workspace_members": [], "resolve": {"nodes": [{"id": "c", "features": []}]}, "version": 1}
package policies.project.build_code_not_allowed

import data.policies.lib.built_of

settings := data.parameters.project.build_code_not_allowed

deny contains finding if {
	some key, texts in settings
	count(texts) > 0
	[field, what] := kinds[key]
	some p in built_of.packages(input)
	p[field]
	not p.own
	not built_of.listed(p, texts)
	finding := {
		"at": array.concat(p.at, [field]),
		"msg": sprintf("%s %s %s, and is not in %s", [p.name, p.version, what, key]),
		"related": built_of.related(input, p),
		"properties": {"package": p.name, "version": p.version},
	}
}

kinds := {
	"build_scripts": ["build_script", "runs a build script"],
	"proc_macros": ["proc_macro", "runs in the compiler as a procedural macro"],
}
