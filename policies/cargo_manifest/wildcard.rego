# METADATA
# title: Dependency takes any version
# description: >-
#   A requirement of * lets the next cargo update take over whatever was published last, of any major version: it
#   breaks the build or brings code that nobody has asked for. Paths and git repositories have no such choice.
# related_resources:
#   - https://doc.rust-lang.org/cargo/reference/specifying-dependencies.html#wildcard-requirements
# custom:
#   severity: medium
#   cwe: [1357, 829]
#   equivalent: ["cargo-deny:bans/wildcard"]
#   remediation: Name the version that the code was written against, such as "1.4".
#   bad: |
#     [package]
#     name = "ledger"
#     version = "1.0.0"
#     [dependencies]
#     serde = "*"
#   good: |
#     [package]
#     name = "ledger"
#     version = "1.0.0"
#     [dependencies]
#     serde = "1"
#     time = "0.3.*"
#     model = { path = "../model" }
#     [workspace.dependencies]
#     codec = { git = "https://github.com/example/codec", rev = "0f3a0b1c2d3e4f5061728394a5b6c7d8e9f00112" }
package policies.cargo_manifest.wildcard

deny contains {"at": ["dependencies", i, "req"], "msg": msg, "properties": {"package": dependency.package}} if {
	some i, dependency in input.dependencies
	dependency.source == "registry"
	dependency.kind != "replace"
	not dependency.inherited
	dependency.req in {"*", ""}
	msg := sprintf("%s takes any version%s", [dependency.name, cause(dependency.req)])
}

cause("*") := ""

cause("") := ", since none is named"
