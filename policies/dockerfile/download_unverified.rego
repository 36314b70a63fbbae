# METADATA
# title: Download is installed without a checksum
# description: >-
#   HTTPS says that the server is the right one, not that its file is the one that you have reviewed:
#   releases are replaced, accounts of maintainers and hosting are taken over.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#add-or-copy
#   - https://cwe.mitre.org/data/definitions/494.html
# custom:
#   severity: medium
#   cwe: [494]
#   equivalent:
#     - cis-docker:4.12
#   remediation: Compare a checksum or a signature in the same RUN (sha256sum -c), or use ADD with --checksum.
#   bad: |
#     FROM debian:12
#     RUN curl -fsSL https://example.com/tool-1.2.3.tar.gz | tar -xz -C /usr/local
#   good: |
#     FROM debian:12
#     RUN curl -fsSLo /tmp/tool.tgz https://example.com/tool-1.2.3.tar.gz \
#         && echo "6aeece6993e902708983b209d04c0d1dbb14ebb405ddb87def578d41f920f56d  /tmp/tool.tgz" | sha256sum -c - \
#         && tar -xzf /tmp/tool.tgz -C /usr/local
#     RUN wget -qO tool.deb https://example.com/tool.deb && wget -qO tool.sig https://example.com/tool.sig \
#         && gpg --verify tool.sig tool.deb && dpkg -i tool.deb
#     RUN curl -fsS https://example.com/health && curl -fsSo /data/list.txt https://example.com/list.txt
package policies.dockerfile.download_unverified

deny contains {"at": ["stages", i, "fetches", j], "msg": msg} if {
	some i, stage in input.stages
	some j, fetch in stage.fetches
	fetch.use in {"install", "unpack"}
	not fetch.verified
	not fetch.local
	not fetch.scheme in {"http", "ftp"} # dockerfile/download_plaintext
	stage.contributes
	msg := sprintf("nothing checks what %s gets from %s (%s)", [fetch.program, fetch.url, fetch.use])
}
