# METADATA
# title: Program needs a shell that the image does not have
# description: >-
#   The shell form of ENTRYPOINT and CMD runs /bin/sh. In an image without one, such as scratch and distroless, the
#   container does not start.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#shell-and-exec-form
#   - https://github.com/GoogleContainerTools/distroless#entrypoints
# custom:
#   severity: medium
#   remediation: Write the command as a JSON array, with the program first.
#   bad: |
#     FROM gcr.io/distroless/cc-debian12:nonroot
#     COPY ledger /ledger
#     ENTRYPOINT /ledger --listen :8080
#   good: |
#     FROM busybox:1.37.0-musl AS tools
#     FROM gcr.io/distroless/cc-debian12:nonroot AS tooled
#     COPY --from=tools /bin/sh /bin/sh
#     ENTRYPOINT exec /ledger
#     FROM gcr.io/distroless/cc-debian12:debug-nonroot AS debug
#     ENTRYPOINT ["/busybox/sh", "-c", "exec /ledger"]
#     FROM gcr.io/distroless/cc-debian12:nonroot
#     COPY ledger /ledger
#     ENTRYPOINT ["/ledger", "--listen", ":8080"]
package policies.dockerfile.shell_missing

deny contains {"at": ["stages", i, stage.program.instruction], "msg": msg} if {
	some i, stage in input.stages
	stage.program.shell
	stage.system.shell == "absent"
	not stage[stage.program.instruction].inherited
	msg := sprintf("%s needs a shell, and %s has none", [upper(stage.program.instruction), stage.system.image])
}
