# METADATA
# title: Code is downloaded without encryption, unchecked
# description: >-
#   Anyone on the way can replace what comes over http, ftp or git://, and nothing here would notice.
# related_resources:
#   - https://cwe.mitre.org/data/definitions/319.html
# custom:
#   severity: high
#   cwe: [319, 494]
#   equivalent:
#     - cis-docker:4.12
#   remediation: Use https, and compare a checksum or a signature.
#   bad: |
#     FROM debian:12
#     RUN wget -qO- http://example.com/tool.tar.gz | tar -xz -C /usr/local
#   good: |
#     FROM debian:12
#     RUN wget -qO tool.tgz http://example.com/tool.tar.gz \
#         && echo "6aeece6993e902708983b209d04c0d1dbb14ebb405ddb87def578d41f920f56d  tool.tgz" | sha256sum -c - && tar -xzf tool.tgz
#     RUN curl -fsS http://localhost:8080/tool.tar.gz | tar -xz
#     RUN sed -i s/deb.debian.org/mirror.example.com/ /etc/apt/sources.list && curl -fsS http://example.com/health
package policies.dockerfile.download_plaintext

deny contains {"at": ["stages", i, "fetches", j], "msg": msg} if {
	some i, stage in input.stages
	some j, fetch in stage.fetches
	fetch.scheme in {"http", "ftp", "git"}
	fetch.use in {"install", "unpack", "trust", "clone"}
	not fetch.verified
	not fetch.local
	stage.contributes
	msg := sprintf("%s comes over %s, and nothing checks it (%s)", [fetch.url, fetch.scheme, fetch.use])
}
