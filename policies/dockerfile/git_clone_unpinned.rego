# METADATA
# title: Clone takes whatever the branch holds
# description: >-
#   The image then depends on the hour of its build, and the build cache hides it: a cached layer holds
#   the sources of some earlier day.
# related_resources:
#   - https://git-scm.com/docs/git-clone
# custom:
#   severity: low
#   cwe: [1357]
#   remediation: Clone a tag (--branch v1.2.3), or check out a commit behind the clone.
#   bad: |
#     FROM debian:12
#     RUN git clone --depth 1 https://github.com/example/tool.git
#   good: |
#     FROM debian:12
#     RUN git clone --branch v1.2.3 --depth 1 https://github.com/example/tool.git
#     RUN git clone https://github.com/example/tool.git && cd tool && git checkout 0123456789abcdef0123456789abcdef01234567
#     RUN git clone /srv/mirror.git && git --version
package policies.dockerfile.git_clone_unpinned

deny contains {"at": ["stages", i, "fetches", j], "msg": msg} if {
	some i, stage in input.stages
	some j, fetch in stage.fetches
	fetch.use == "clone"
	not fetch.verified
	not fetch.local
	not fetch.scheme in {"http", "git"} # dockerfile/download_plaintext
	stage.contributes
	msg := sprintf("git clones %s without a tag or a commit", [fetch.url])
}
