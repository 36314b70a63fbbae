# METADATA
# title: Wanted report of a scanner is absent
# description: >-
#   The configuration wants the report of a scanner, and the tree does not hold one.
# custom:
#   severity: high
#   cwe: [1395]
#   non_negotiable: true
#   parameters:
#     tools:
#       description: The scanners whose reports must be there, such as clippy, gitleaks or trivy.
#       default: []
#       example: [gitleaks]
#   remediation: Run the scanner in the pipeline and leave its report in the tree.
#   bad: |
#     -- Cargo.toml --
#     [package]
#     name = "api"
#     version = "0.1.0"
#     edition = "2021"
#     rust-version = "1.85"
#     -- Cargo.lock --
#     version = 4
#     [[package]]
#     name = "api"
#     version = "0.1.0"
#   good: |
#     -- Cargo.toml --
#     [package]
#     name = "api"
#     version = "0.1.0"
#     edition = "2021"
#     rust-version = "1.85"
#     -- Cargo.lock --
#     version = 4
#     [[package]]
#     name = "api"
#     version = "0.1.0"
#     -- reports/gitleaks.json --
#     []
package policies.project.scan_missing

deny contains {"at": anchors[0], "msg": msg} if {
	some tool in data.parameters.project.scan_missing.tools
	not tool in {scan.tool.name | some scan in input.scan}
	msg := sprintf("the tree holds no report of %s", [tool])
}

# What is absent has no place; the first document that a report could be about stands for the tree.
anchors := array.flatten([
	[["cargo_lock", i] | some i, _ in input.cargo_lock], [["cargo_manifest", i] | some i, _ in input.cargo_manifest],
	[["dockerfile", i] | some i, _ in input.dockerfile], [["kubernetes", i] | some i, _ in input.kubernetes],
	[["scan", i] | some i, _ in input.scan], [["compose", i] | some i, _ in input.compose],
	[["systemd", i] | some i, _ in input.systemd], [["image", i] | some i, _ in input.image],
	[["sbom", i] | some i, _ in input.sbom], [["firewall", i] | some i, _ in input.firewall],
	[["workflow", i] | some i, _ in input.workflow], [["receipt", i] | some i, _ in input.receipt],
	[["cargo_config", i] | some i, _ in input.cargo_config], [["rust_toolchain", i] | some i, _ in input.rust_toolchain],
	[["env_file", i] | some i, _ in input.env_file],
])
