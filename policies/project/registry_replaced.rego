# METADATA
# title: Cargo fetches packages from a replacement that is not known
# description: >-
#   Source replacement and a registry of another address in .cargo/config.toml decide where code comes from, and the
#   lock file does not show it. A folder of the tree is known; addresses are where they are allowed.
# related_resources:
#   - https://doc.rust-lang.org/cargo/reference/source-replacement.html
# custom:
#   severity: medium
#   cwe: [829, 1357]
#   parameters:
#     allow:
#       description: Addresses without scheme that may stand in for a registry; * stands for any text, such as "mirror.acme.example/*".
#       default: []
#       example: ["mirror.acme.example/*"]
#   remediation: Remove the replacement, or add the address to allow.
#   bad: |
#     -- .cargo/config.toml --
#     [source.crates-io]
#     replace-with = "mirror"
#     [source.mirror]
#     registry = "sparse+https://elsewhere.example/index/"
#     -- Cargo.toml --
#     [package]
#     name = "app"
#     version = "1.0.0"
#   good: |
#     -- .cargo/config.toml --
#     [source.crates-io]
#     replace-with = "mirror"
#     [source.mirror]
#     registry = "sparse+https://mirror.acme.example/index/"
#     [source."git+https://github.com/acme/codec"]
#     git = "https://github.com/acme/codec"
#     replace-with = "vendored-sources"
#     [source.vendored-sources]
#     directory = "vendor"
#     -- Cargo.toml --
#     [package]
#     name = "app"
#     version = "1.0.0"
package policies.project.registry_replaced

deny contains finding if {
	some i, config in input.cargo_config
	config.overridden_by == ""
	some j, source in config.sources
	source.replace_with != ""
	some place in places[source.replace_with]
	not known(place)
	finding := {
		"at": ["cargo_config", i, "sources", j, "replace_with"],
		"msg": sprintf("%s is replaced by %s, which is %s and not known", [source.name, source.replace_with, place]),
		"properties": {"source": place},
	}
}

# Cargo merges the files of all folders, so that a name may be defined in another one.
places[source.name] contains source.location if {
	some config in input.cargo_config
	some source in config.sources
	source.kind in {"registry", "git"}
}

places[registry.name] contains registry.index if {
	some config in input.cargo_config
	some registry in config.registries
	registry.index != ""
}

known(location) if {
	some pattern in array.concat(data.parameters.project.registry_replaced.allow, ["index.crates.io/", "github.com/rust-lang/crates.io-index"])
	address := regex.replace(location, `^(?:sparse\+|registry\+)?[a-z+]+://(?:[^@/]*@)?`, "")
	glob.match(pattern, null, address)
}
