# METADATA
# title: Packages come from a git repository that is not known
# description: >-
#   A repository is whatever its owner makes of it: it can be rewritten, moved or deleted, nobody yanks there, and no
#   advisory names what it holds. Name the repositories and organizations that are yours.
# related_resources:
#   - https://embarkstudios.github.io/cargo-deny/checks/sources/cfg.html
# custom:
#   severity: medium
#   cwe: [829, 1357]
#   equivalent: ["cargo-deny:sources/source-not-allowed"]
#   parameters:
#     allow:
#       description: Repositories, without scheme and user; * stands for any text, such as "github.com/acme/*" for an organization.
#       default: []
#       example: ["github.com/acme/*"]
#   remediation: Take a release from the registry, or add the repository or its organization to allow.
#   bad: |
#     version = 4
#     [[package]]
#     name = "app"
#     version = "1.0.0"
#     dependencies = ["codec"]
#     [[package]]
#     name = "codec"
#     version = "1.0.0"
#     source = "git+https://github.com/stranger/codec?rev=0f3a0b1#0f3a0b1c2d3e4f5061728394a5b6c7d8e9f00112"
#   good: |
#     version = 4
#     [[package]]
#     name = "app"
#     version = "1.0.0"
#     dependencies = ["codec", "serde"]
#     [[package]]
#     name = "codec"
#     version = "1.0.0"
#     source = "git+ssh://git@github.com/acme/codec.git?rev=0f3a0b1#0f3a0b1c2d3e4f5061728394a5b6c7d8e9f00112"
#     [[package]]
#     name = "serde"
#     version = "1.0.228"
#     source = "registry+https://github.com/rust-lang/crates.io-index"
#     checksum = "1111111111111111111111111111111111111111111111111111111111111111"
package policies.cargo_lock.git_unknown

deny contains finding if {
	some text, source in input.sources
	source.kind == "git"
	not known(source)
	at := [i | some i, locked in input.packages; locked.source == text]
	finding := {
		"at": ["sources", text],
		"msg": sprintf("packages come from the git repository %s, which is not known: %s", [source.url, names(at)]),
		"related": [["requirements", r] | some r in {r | some i in at; some r in input.packages[i].pulled}],
		"properties": {"source": text},
	}
}

known(source) if {
	some pattern in data.parameters.cargo_lock.git_unknown.allow
	some name in [source.repository, source.url]
	glob.match(pattern, null, name)
}

names(at) := concat(", ", [input.packages[i].name | some i in array.slice(at, 0, 3)]) if count(at) < 4

names(at) := sprintf("%s and %d more", [concat(", ", [input.packages[i].name | some i in array.slice(at, 0, 3)]), count(at) - 3]) if count(at) > 3
