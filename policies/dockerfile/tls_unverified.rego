# METADATA
# title: Certificates of servers are not checked
# description: >-
#   Whoever is on the way between the build and the server, a proxy or a stolen DNS name, decides what
#   is downloaded. A variable set with ENV also switches the check off in the running container.
# related_resources:
#   - https://cwe.mitre.org/data/definitions/295.html
#   - https://curl.se/docs/sslcerts.html
# custom:
#   severity: high
#   cwe: [295]
#   equivalent:
#     - checkov:CKV2_DOCKER_2
#     - checkov:CKV2_DOCKER_3
#     - checkov:CKV2_DOCKER_4
#     - checkov:CKV2_DOCKER_5
#     - checkov:CKV2_DOCKER_6
#     - checkov:CKV2_DOCKER_12
#     - checkov:CKV2_DOCKER_13
#     - checkov:CKV2_DOCKER_14
#     - checkov:CKV2_DOCKER_15
#     - checkov:CKV2_DOCKER_16
#   remediation: Give the build the certificate authority that it needs (ca-certificates, --cacert, NODE_EXTRA_CA_CERTS), and take the switch out.
#   bad: |
#     FROM debian:12
#     RUN curl -fsSLk -o /tmp/app.tgz https://example.com/app.tgz
#   good: |
#     FROM node:22-slim
#     ENV NODE_EXTRA_CA_CERTS=/etc/ssl/own.pem NODE_TLS_REJECT_UNAUTHORIZED=1
#     RUN curl -fsSLo /tmp/k https://example.com/k && curl -H "x: -k" --cacert /etc/ssl/own.pem https://example.com | grep -k x
#     RUN npm config set strict-ssl true && git config --global http.sslVerify true && wget -q https://example.com/--no-check-certificate
#     RUN echo "never use curl --insecure"
package policies.dockerfile.tls_unverified

deny contains {"at": ["stages", i, "unchecked", j], "msg": msg} if {
	some i, stage in input.stages
	some j, place in stage.unchecked
	place.check == "certificate"
	msg := sprintf("%s does not check certificates: %s", [place.name, place.text])
}
