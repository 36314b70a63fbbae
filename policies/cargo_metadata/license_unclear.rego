# METADATA
# title: License of a crate cannot be told
# description: >-
#   Nobody may use what is under no license, and no list of allowed licenses can be held against a text that is no
#   expression of SPDX. A file with the license counts, since somebody can read it.
# related_resources:
#   - https://embarkstudios.github.io/cargo-deny/checks/licenses/cfg.html
#   - https://spdx.org/licenses/
# custom:
#   severity: low
#   cwe: [1104]
#   equivalent: ["cargo-deny:licenses/unlicensed", "cargo-deny:licenses/no-license-field", "cargo-deny:licenses/empty-license-field", "cargo-deny:licenses/parse-error"]
#   remediation: Ask the author for a license in SPDX form, or replace the crate.
#   bad: |
#     {"packages": [{"name": "codec", "version": "1.0.0", "id": "c", "license": "see website", "license_file": null,
#       "source": "registry+https://github.com/rust-lang/crates.io-index", "publish": null, "targets": [{"kind": ["lib"]}], "features": {}}],
#      "workspace_members": [], "resolve": {"nodes": [{"id": "c", "features": []}]}, "version": 1}
#   good: |
#     {"packages": [{"name": "codec", "version": "1.0.0", "id": "c", "license": "MIT/Apache-2.0", "license_file": null,
#       "source": "registry+https://github.com/rust-lang/crates.io-index", "publish": null, "targets": [{"kind": ["lib"]}], "features": {}}],
#      "workspace_members": [], "resolve": {"nodes": [{"id": "c", "features": []}]}, "version": 1}
package policies.cargo_metadata.license_unclear

deny contains {"at": ["packages", i, "license"], "msg": msg, "properties": {"package": p.name, "version": p.version}} if {
	some i, p in input.packages
	not p.member
	problem := problems[p.license.state]
	msg := sprintf("%s %s %s", [p.name, p.version, sprintf(problem, [p.license.problem])])
}

problems := {
	"none": "names neither a license nor a file that holds one%s",
	"empty": "has an empty license field%s",
	"unreadable": "has a license that cannot be read: %s",
}
