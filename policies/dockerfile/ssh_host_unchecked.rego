# METADATA
# title: Keys of SSH hosts are not checked
# description: >-
#   ssh then accepts any server that answers, and what is cloned or copied may come from anyone on the
#   way.
# related_resources:
#   - https://man.openbsd.org/ssh_config#StrictHostKeyChecking
# custom:
#   severity: high
#   cwe: [322]
#   remediation: Copy a known_hosts file with the keys that the host publishes into the image.
#   bad: |
#     FROM debian:12
#     RUN --mount=type=ssh GIT_SSH_COMMAND="ssh -o StrictHostKeyChecking=no" git clone -b v1.2.3 git@example.com:team/app.git
#   good: |
#     FROM debian:12
#     COPY known_hosts /etc/ssh/ssh_known_hosts
#     RUN --mount=type=ssh git clone -b v1.2.3 git@example.com:team/app.git
#     RUN echo "StrictHostKeyChecking yes" >> /etc/ssh/ssh_config
package policies.dockerfile.ssh_host_unchecked

deny contains {"at": ["stages", i, "unchecked", j], "msg": msg} if {
	some i, stage in input.stages
	some j, place in stage.unchecked
	place.check == "host"
	msg := sprintf("%s does not check host keys: %s", [place.name, place.text])
}
