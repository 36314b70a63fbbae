# METADATA
# title: Crate from elsewhere in the image's program has the name and version of an affected one
# description: >-
#   An advisory is about the crate of this name and version on crates.io. The one in the program comes from a git
#   repository or another registry. It may be a fork with the same mistake, or another crate altogether, and nothing here
#   can tell which.
# related_resources:
#   - https://rustsec.org/
#   - https://github.com/rust-secure-code/cargo-auditable
# custom:
#   severity: low
#   cwe: [1395]
#   remediation: Look whether the source has the mistake, and build the program of a commit that has it repaired.
#   bad: |
#     -- app.tar/config.json --
#     {"config": {"User": "10001", "Entrypoint": ["/app"]}}
#     -- app.tar/1/app 0755 auditable --
#     {"packages": [{"name": "app", "version": "1.0.0", "source": "local", "root": true, "dependencies": [1]},
#       {"name": "hyper", "version": "0.14.9", "source": "git"}]}
#     -- advisory-db/crates/hyper/RUSTSEC-2030-0001.md --
#     ```toml
#     [advisory]
#     id = "RUSTSEC-2030-0001"
#     package = "hyper"
#     date = "2026-11-19"
#     [versions]
#     patched = [">= 0.14.10"]
#     ```
#     # Something is wrong with hyper
#   good: |
#     -- app.tar/config.json --
#     {"config": {"User": "10001", "Entrypoint": ["/app"]}}
#     -- app.tar/1/app 0755 auditable --
#     {"packages": [{"name": "app", "version": "1.0.0", "source": "local", "root": true, "dependencies": [1]},
#       {"name": "hyper", "version": "0.14.10", "source": "git"}]}
#     -- advisory-db/crates/hyper/RUSTSEC-2030-0001.md --
#     ```toml
#     [advisory]
#     id = "RUSTSEC-2030-0001"
#     package = "hyper"
#     date = "2026-11-19"
#     [versions]
#     patched = [">= 0.14.10"]
#     ```
#     # Something is wrong with hyper
package policies.image.crate_fork

import data.policies.lib.advisory

deny contains finding if {
	some i, hit in input.audit.forks
	finding := object.union(
		advisory.image(i, hit, {input.config_digest, input.digest} | {digest | some digest in input.digests}),
		{"at": ["audit", "forks", i], "related": []},
	)
}
