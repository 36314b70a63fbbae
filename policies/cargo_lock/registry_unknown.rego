# METADATA
# title: Packages come from a registry that is not known
# description: >-
#   crates.io shows who published what, keeps every version and takes part in the advisories; what another registry
#   does, and who can publish there, only those know who use it. Name it where it is one of yours.
# related_resources:
#   - https://embarkstudios.github.io/cargo-deny/checks/sources/cfg.html
# custom:
#   severity: medium
#   cwe: [829, 1357]
#   equivalent: ["cargo-deny:sources/source-not-allowed"]
#   parameters:
#     allow:
#       description: Registries besides crates.io, as addresses with or without https://; * stands for any text, such as "crates.acme.example/*".
#       default: []
#       example: ["crates.acme.example/*"]
#   remediation: Take the packages from crates.io, or add the registry to allow.
#   bad: |
#     version = 4
#     [[package]]
#     name = "app"
#     version = "1.0.0"
#     dependencies = ["codec"]
#     [[package]]
#     name = "codec"
#     version = "1.0.0"
#     source = "registry+https://elsewhere.example/index"
#   good: |
#     version = 4
#     [[package]]
#     name = "app"
#     version = "1.0.0"
#     dependencies = ["codec", "serde"]
#     [[package]]
#     name = "codec"
#     version = "1.0.0"
#     source = "sparse+https://crates.acme.example/index/"
#     [[package]]
#     name = "serde"
#     version = "1.0.228"
#     source = "registry+https://github.com/rust-lang/crates.io-index"
#     checksum = "1111111111111111111111111111111111111111111111111111111111111111"
package policies.cargo_lock.registry_unknown

deny contains finding if {
	some text, source in input.sources
	not source.kind in {"git", "path"}
	not source.crates_io
	not known(source)
	at := [i | some i, locked in input.packages; locked.source == text]
	finding := {
		"at": ["sources", text],
		"msg": sprintf("packages come from the registry %s, which is not known: %s", [source.url, names(at)]),
		"related": [["requirements", r] | some r in {r | some i in at; some r in input.packages[i].pulled}],
		"properties": {"source": text},
	}
}

known(source) if {
	some pattern in data.parameters.cargo_lock.registry_unknown.allow
	some name in [source.repository, source.url]
	glob.match(pattern, null, name)
}

names(at) := concat(", ", [input.packages[i].name | some i in array.slice(at, 0, 3)]) if count(at) < 4

names(at) := sprintf("%s and %d more", [concat(", ", [input.packages[i].name | some i in array.slice(at, 0, 3)]), count(at) - 3]) if count(at) > 3
