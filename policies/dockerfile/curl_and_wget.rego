# METADATA
# title: Stage downloads with both curl and wget
# description: >-
#   Each brings its own settings for proxies, certificates and retries, and one more package to patch.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#dont-install-unnecessary-packages
# custom:
#   severity: low
#   equivalent:
#     - hadolint:DL4001
#     - trivy:DS-0014
#     - kics:run using wget and curl
#     - semgrep:use-either-wget-or-curl
#   remediation: Use one of the two.
#   bad: |
#     FROM debian:12
#     RUN wget -q https://example.com/a
#     RUN curl -fsSO https://example.com/b
#   good: |
#     FROM debian:12 AS build
#     RUN wget -q https://example.com/a
#     FROM debian:12
#     RUN curl -fsSO https://example.com/b && curl -fsSO https://example.com/wget
package policies.dockerfile.curl_and_wget

deny contains {"at": at(i, later), "msg": "curl and wget are both used", "related": [at(i, earlier)]} if {
	some i, stage in input.stages
	curl := stage.calls.curl[0]
	wget := stage.calls.wget[0]
	[earlier, later] := sort([[curl.run, curl.command], [wget.run, wget.command]])
}

at(stage, place) := ["stages", stage, "runs", place[0], "commands", place[1]]
