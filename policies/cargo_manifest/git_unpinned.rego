# METADATA
# title: Git dependency is not held to a commit
# description: >-
#   A branch or a tag is whatever its owner, or whoever has taken over the account, says it is. The next
#   cargo update takes the code over without any version having changed.
# related_resources:
#   - https://doc.rust-lang.org/cargo/reference/specifying-dependencies.html#choice-of-commit
# custom:
#   severity: medium
#   cwe: [829, 1357]
#   equivalent: ["cargo-deny:sources/git-source-underspecified"]
#   parameters:
#     spec:
#       description: >-
#         What a git dependency must name at least: "rev", a commit; "tag", a tag or a commit; "branch", any of the three;
#         "any", nothing.
#       default: rev
#   remediation: Add rev with the full hash of the commit.
#   bad: |
#     [package]
#     name = "ledger"
#     version = "1.0.0"
#     rust-version = "1.82"
#
#     [dependencies]
#     codec = { git = "https://github.com/example/codec", branch = "main" }
#   good: |
#     [package]
#     name = "ledger"
#     version = "1.0.0"
#     rust-version = "1.82"
#
#     [dependencies]
#     codec = { git = "https://github.com/example/codec", rev = "0f3a0b1c2d3e4f5061728394a5b6c7d8e9f00112" }
#     serde = "1"
package policies.cargo_manifest.git_unpinned

# What is inherited is told where the workspace defines it.
deny contains {"at": ["dependencies", i], "msg": msg} if {
	some i, dependency in input.dependencies
	dependency.source == "git"
	not dependency.pinned
	not dependency.inherited
	not accepted(dependency)
	msg := sprintf("%s follows %s of %s", [dependency.name, follows(dependency), dependency.git])
}

accepted(dependency) if {
	some key in {"tag": ["tag", "rev"], "branch": ["tag", "rev", "branch"]}[data.parameters.cargo_manifest.git_unpinned.spec]
	dependency[key] != ""
}

accepted(_) if data.parameters.cargo_manifest.git_unpinned.spec == "any"

follows(dependency) := sprintf("the branch %q", [dependency.branch]) if dependency.branch != ""

follows(dependency) := sprintf("the tag %q", [dependency.tag]) if dependency.tag != ""

follows(dependency) := sprintf("%q, which is no commit,", [dependency.rev]) if dependency.rev != ""

follows(dependency) := "the default branch" if {
	dependency.branch == ""
	dependency.tag == ""
	dependency.rev == ""
}
