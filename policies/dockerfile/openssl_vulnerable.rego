# METADATA
# title: OpenSSL of a version with known holes
# description: >-
#   OpenSSL 3.0.0 to 3.0.6 overflow a buffer while they check a certificate (CVE-2022-3602 and
#   CVE-2022-3786). 3.0.7 does not.
# related_resources:
#   - https://openssl-library.org/news/secadv/20221101.txt
# custom:
#   severity: high
#   cwe: [1395, 787]
#   equivalent:
#     - kics:vulnerable openssl version
#   remediation: Install a release of OpenSSL that is supported.
#   bad: |
#     FROM alpine:3.16
#     RUN apk add --no-cache openssl=3.0.5-r0
#   good: |
#     FROM alpine:3.20
#     RUN apk add --no-cache openssl=3.3.2-r0 openssl-dev~3.0.15
#     RUN apt-get update && apt-get install -y --no-install-recommends openssl=3.0.2-0ubuntu1.18 && rm -rf /var/lib/apt/lists/*
package policies.dockerfile.openssl_vulnerable

deny contains {"at": ["stages", i, "runs", j, "packages", k], "msg": msg} if {
	some i, stage in input.stages
	some j, run in stage.runs
	some k, command in run.packages
	some item in command.packages
	contains(item.version, "3.0.")
	regex.match(`^(lib)?(open)?(ssl|crypto)[0-9]*(-dev|-libs|-devel)?$`, item.name)

	# Ubuntu has mended 3.0.2 in 0ubuntu1.7.
	regex.match(`^[~<=]*3\.0\.[0-6](-r[0-9]+|-0ubuntu1(\.[1-6])?)?$`, item.version)
	msg := sprintf("%s %s has known holes", [item.name, item.version])
}

deny contains {"at": ["stages", i, "fetches", j], "msg": msg} if {
	some i, stage in input.stages
	some j, fetch in stage.fetches
	regex.match(`/(openssl-(0\.|1\.[01]\.|3\.0\.[0-6]\.tar)|OpenSSL_(0_9|1_[01])_)`, fetch.url) # 1.1.1 ended in 2023
	msg := sprintf("%s has known holes", [fetch.url])
}
