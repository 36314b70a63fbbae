# METADATA
# title: Files of the image are writable for everybody
# description: >-
#   Any process of the container, whatever its user, can replace these files: programs that root runs
#   later, configuration, or the application itself.
# related_resources:
#   - https://cwe.mitre.org/data/definitions/732.html
# custom:
#   severity: medium
#   cwe: [732]
#   remediation: Give the files to the user that writes them (COPY --chown, chown), with the mode 755 or 644.
#   bad: |
#     FROM debian:12
#     RUN chmod -R 777 /app
#     COPY --chmod=0777 start.sh /start.sh
#   good: |
#     FROM debian:12 AS build
#     RUN chmod -R 777 /src
#     FROM debian:12
#     COPY --from=build /out/app /app
#     RUN mkdir /scratch && chmod 1777 /scratch && chmod 775 /app && chmod o-w /etc/app && chmod u+w,g+w /app
package policies.dockerfile.world_writable

deny contains {"at": ["stages", i, "runs", change.run, "commands", change.command], "msg": msg} if {
	some i, stage in input.stages
	some change in stage.modes
	change.world_writable
	change.reaches
	msg := sprintf("everybody may write to %s (mode %s)", [concat(", ", change.paths), change.mode])
}

deny contains {"at": ["stages", i, "copies", j], "msg": msg} if {
	some i, stage in input.stages
	some j, copy in stage.copies
	copy.world_writable
	stage.base_of_final
	msg := sprintf("everybody may write to %s (mode %s)", [copy.destination, copy.chmod])
}
