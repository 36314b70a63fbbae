# METADATA
# title: Toolchain is not pinned to an exact version
# description: >-
#   A channel such as stable is another compiler every six weeks, and 1.82 may become 1.82.1: what CI
#   tested, what the image builds and what a colleague runs then differ without any change in the
#   repository.
# related_resources:
#   - https://rust-lang.github.io/rustup/overrides.html#the-toolchain-file
#   - https://rust-lang.github.io/rustup/concepts/toolchains.html
# custom:
#   severity: high
#   cwe: [1357]
#   non_negotiable: true
#   remediation: Write all three numbers of the version into channel, as in "1.82.0".
#   bad: |
#     [toolchain]
#     channel = "stable"
#     components = ["clippy"]
#   good: |
#     [toolchain]
#     channel = "1.82.0"
#     components = ["clippy"]
package policies.rust_toolchain.exact

deny contains {"at": ["channel"], "msg": msg} if {
	input.kind == "moving"
	msg := sprintf("the channel %q may be another compiler tomorrow", [input.channel])
}

deny contains {"at": ["channel"], "msg": msg} if {
	input.kind == "custom"
	msg := sprintf("the channel %q is whatever toolchain is linked under this name on the machine", [input.channel])
}

deny contains {"at": ["directory"], "msg": msg} if {
	input.kind == "path"
	msg := sprintf("the toolchain is whatever lies in the directory %q", [input.directory])
}

deny contains {"at": ["channel"], "msg": "the file names no channel, so rustup takes the default of the machine"} if {
	input.kind == "none"
}
