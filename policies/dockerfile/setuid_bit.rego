# METADATA
# title: Build makes a program set-user-ID
# description: >-
#   Whoever may start the program gets the rights of its owner, most often root: one fault in it, and
#   the unprivileged USER of the image means nothing.
# related_resources:
#   - https://man7.org/linux/man-pages/man1/chmod.1.html
# custom:
#   severity: medium
#   cwe: [250, 269]
#   equivalent:
#     - cis-docker:4.8
#     - dockle:CIS-DI-0008
#   remediation: Take the bit away, and give the process the capability or the group that it needs.
#   bad: |
#     FROM debian:12
#     RUN chmod u+s /usr/local/bin/helper
#     COPY --chmod=4755 other /usr/local/bin/
#   good: |
#     FROM debian:12 AS build
#     RUN chmod u+s /usr/bin/newuidmap && make -C /src
#     FROM debian:12
#     COPY --from=build --chmod=755 /src/out /usr/local/bin/
#     RUN chmod u-s /usr/bin/passwd && chmod 0755 /usr/local/bin/helper && chmod g+s /srv/shared && chmod 2775 /srv/shared \
#         && find / -perm -4000 -exec chmod a-s {} +
package policies.dockerfile.setuid_bit

deny contains {"at": ["stages", i, "runs", change.run, "commands", change.command], "msg": msg} if {
	some i, stage in input.stages
	some change in stage.modes
	change.set_id
	regex.match(`^0?[4567][0-7]{3}$|(^|,)[oga]*u?[oga]*[+=][rwxXt]*s`, change.mode)
	not regex.match(`^(g[oa]?|o?g)[+=]`, change.mode) # on folders it hands the group down
	change.reaches
	msg := sprintf("%s gets the mode %s", [concat(", ", change.paths), change.mode])
}

deny contains {"at": ["stages", i, "copies", j], "msg": msg} if {
	some i, stage in input.stages
	some j, copy in stage.copies
	copy.set_id
	stage.contributes
	msg := sprintf("%s gets the mode %s", [copy.destination, copy.chmod])
}
