# METADATA
# title: Crate is built with a feature that is not wanted
# description: >-
#   A feature adds code and dependencies: another TLS library, an unsafe fast path, a debugging server. Judged are the
#   features that manifests ask for and, where cargo metadata tells them, those that are enabled in the end. Without configuration, none
#   is judged.
# related_resources:
#   - https://embarkstudios.github.io/cargo-deny/checks/bans/cfg.html
#   - https://doc.rust-lang.org/cargo/reference/features.html
# custom:
#   severity: medium
#   cwe: [1357]
#   equivalent: ["cargo-deny:bans/feature-banned", "cargo-deny:bans/feature-not-explicitly-allowed", "cargo-deny:bans/exact-features-mismatch", "cargo-deny:bans/default-feature-enabled"]
#   parameters:
#     deny:
#       description: Features that a crate must not have, such as {reqwest = ["native-tls"]}; "default" is that of default-features.
#       default: {}
#       example: {reqwest: [native-tls, default]}
#     allow:
#       description: The only features that a crate may have, by its name.
#       default: {}
#     require:
#       description: Features that a crate must have, by its name; told where cargo metadata is there.
#       default: {}
#   remediation: Leave the feature out of the dependency, or set default-features = false where it is one of the default ones.
#   bad: |
#     -- Cargo.toml --
#     [package]
#     name = "app"
#     version = "1.0.0"
#     [dependencies]
#     reqwest = { version = "0.12", features = ["native-tls"] }
#   good: |
#     -- Cargo.toml --
#     [package]
#     name = "app"
#     version = "1.0.0"
#     [dependencies]
#     reqwest = { version = "0.12", default-features = false, features = ["rustls-tls"] }
#     serde = { version = "1", features = ["derive"] }
package policies.project.crate_feature

settings := data.parameters.project.crate_feature

deny contains finding if {
	(count(settings.deny) + count(settings.allow)) + count(settings.require) > 0
	some use in uses
	some problem in problems(use)
	finding := {
		"at": use.at, "msg": sprintf("%s %s", [use.crate, problem]),
		"properties": {"package": use.crate},
	}
}

uses contains {"crate": d.package, "features": object.keys(features), "whole": false, "at": ["cargo_manifest", i, "dependencies", j, "features"]} if {
	some i, manifest in input.cargo_manifest
	some j, d in manifest.dependencies
	not d.kind in {"patch", "replace"}
	features := {f: true | some f in array.concat(d.features, [f | d.default_features; f := "default"])}
}

uses contains {"crate": p.name, "features": {f | some f in p.features}, "whole": true, "at": ["cargo_metadata", i, "packages", j, "features"]} if {
	some i, document in input.cargo_metadata
	document.resolved
	some j, p in document.packages
	not p.member
}

problems(use) := (denied(use) | strange(use)) | missing(use)

denied(use) := {sprintf("has the feature %q, which is banned", [f]) |
	some f in settings.deny[use.crate]
	f in use.features
}

strange(use) := {sprintf("has the feature %q, which is not among the allowed ones", [f]) |
	some f in use.features
	allowed := settings.allow[use.crate]
	not f in allowed
}

# What another dependency asks for counts as well, so only the whole tells what is missing.
missing(use) := {sprintf("lacks the feature %q, which it must have", [f]) |
	use.whole
	some f in settings.require[use.crate]
	not f in use.features
}
