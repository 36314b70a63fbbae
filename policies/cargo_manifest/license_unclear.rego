# METADATA
# title: License of a package cannot be read
# description: >-
#   A license that is no expression of SPDX, or is empty, means nothing to the tools that hold it against a policy; the
#   registry refuses it. A package that names none is judged where a list of licenses is configured.
# related_resources:
#   - https://embarkstudios.github.io/cargo-deny/checks/licenses/cfg.html
#   - https://spdx.org/licenses/
# custom:
#   severity: low
#   cwe: [1104]
#   equivalent: ["cargo-deny:licenses/empty-license-field", "cargo-deny:licenses/parse-error"]
#   remediation: Write an expression of SPDX, such as "MIT OR Apache-2.0", or name the file as license-file.
#   bad: |
#     [package]
#     name = "codec"
#     version = "1.0.0"
#     rust-version = "1.82"
#     license = "Apache 2.0"
#   good: |
#     [package]
#     name = "codec"
#     version = "1.0.0"
#     rust-version = "1.82"
#     license = "MIT/Apache-2.0"
package policies.cargo_manifest.license_unclear

deny contains {"at": ["package", "license", "value"], "msg": msg, "properties": {"package": input.package.name}} if {
	input.package.licensing.state == "unreadable"
	msg := sprintf("the license of %s cannot be read: %s", [input.package.name, input.package.licensing.problem])
}

deny contains {"at": ["package", "license", "value"], "msg": msg, "properties": {"package": input.package.name}} if {
	input.package.licensing.state == "empty"
	msg := sprintf("the license of %s is empty", [input.package.name])
}
