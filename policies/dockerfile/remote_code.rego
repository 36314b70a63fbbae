# METADATA
# title: Code from the network runs unchecked
# description: >-
#   What the address serves at the time of the build runs with the rights of the build. A hijacked
#   server, a changed script or a broken transfer goes unnoticed, and ends up in the image.
# related_resources:
#   - https://cwe.mitre.org/data/definitions/494.html
#   - https://slsa.dev/spec/v1.0/threats
# custom:
#   severity: high
#   cwe: [494, 829]
#   equivalent:
#     - cis-docker:4.12
#   remediation: Download a release, compare its checksum or signature in the same RUN (sha256sum -c), and run it then.
#   bad: |
#     FROM debian:12
#     RUN curl -sSf https://sh.rustup.rs | sh -s -- -y --default-toolchain 1.82.0
#   good: |
#     FROM debian:12
#     RUN curl -fsSLo rustup-init https://static.rust-lang.org/rustup/archive/1.27.1/x86_64-unknown-linux-gnu/rustup-init \
#         && echo "6aeece6993e902708983b209d04c0d1dbb14ebb405ddb87def578d41f920f56d  rustup-init" | sha256sum -c - \
#         && chmod +x rustup-init && ./rustup-init -y --default-toolchain 1.82.0
#     RUN curl -fsSL https://example.com/v1.json | jq -r .name | sh -c "cat > name" && curl -s https://example.com/data | python3 -m json.tool
#     RUN curl -fsSL https://raw.githubusercontent.com/o/r/0123456789abcdef0123456789abcdef01234567/install.sh | sh
package policies.dockerfile.remote_code

deny contains {"at": ["stages", i, "fetches", j], "msg": msg} if {
	some i, stage in input.stages
	some j, fetch in stage.fetches
	fetch.use == "run"
	not fetch.verified
	not fetch.local
	stage.contributes
	msg := sprintf("what %s gets from %s runs without a check", [fetch.program, fetch.url])
}
