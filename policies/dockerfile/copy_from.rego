# METADATA
# title: COPY --from names no stage and no exact image
# description: >-
#   Docker takes a name that is no earlier stage for an image, asks a public registry for it, and copies what it
#   finds there. A misspelt stage so becomes somebody else's image.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#copy---from
# custom:
#   severity: medium
#   cwe: [829]
#   equivalent:
#     - hadolint:DL3022
#   remediation: Name an earlier stage, or write the image with registry and tag or digest.
#   bad: |
#     FROM debian:12 AS build
#     RUN make
#     FROM debian:12
#     COPY --from=biuld /app /app
#     USER 10001
#   good: |
#     FROM debian:12 AS Build
#     RUN make
#     FROM debian:12
#     COPY --from=build /app /app
#     COPY --from=0 /app /app2
#     COPY --from=docker.io/library/busybox:1.37 /bin/busybox /bin/busybox
#     COPY --from=haskell:9 /opt /opt
#     USER 10001
package policies.dockerfile.copy_from

deny contains {"at": ["stages", i, "copies", j], "msg": msg} if {
	some i, stage in input.stages
	some j, copy in stage.copies
	msg := sprintf(problem[copy.reference], [copy.from])
}

problem := {
	"self": "COPY --from=%s copies from its own stage",
	"later": "COPY --from=%s names a stage that comes later in the file",
	"name": "COPY --from=%s names no stage, and no image with a tag either",
}
