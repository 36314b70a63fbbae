# METADATA
# title: Archive is copied and then unpacked
# description: >-
#   The layer of COPY keeps the archive for good, though only its content is wanted. ADD unpacks a local
#   tar archive by itself.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#add-or-copy
# custom:
#   severity: low
#   equivalent:
#     - hadolint:DL3010
#   remediation: Use ADD, or mount the archive with --mount=type=bind and unpack it from there.
#   bad: |
#     FROM debian:12
#     COPY app.tar.gz /usr/src/
#     RUN tar -xzf /usr/src/app.tar.gz -C /usr/src
#   good: |
#     FROM debian:12 AS build
#     RUN tar -czf /out/app.tar.gz /usr/src
#     FROM debian:12
#     ADD data.tar.gz /data/
#     COPY --from=build /out/app.tar.gz /tmp/
#     COPY other.zip list.tar.txt /tmp/
#     RUN --mount=type=bind,source=more.tgz,target=/tmp/more.tgz tar -xzf /tmp/more.tgz && tar -xf /tmp/app.tar.gz && tar -cf other.tar /x
package policies.dockerfile.archive_copied

deny contains {"at": ["stages", i, "copies", j], "msg": msg, "related": [["stages", i, "runs", call.run, "commands", call.command]]} if {
	some i, stage in input.stages
	some call in stage.calls.tar
	args := stage.runs[call.run].commands[call.command].args
	regex.match(`^(-?[a-zA-Z]*x[a-zA-Z]*|--extract|--get)$`, args[_])
	some j, copy in stage.copies
	copy.instruction == "copy"
	copy.from == ""
	some archive in archives(copy)
	some arg in args
	last(arg) == archive
	msg := sprintf("%s is copied, and then unpacked by tar", [archive])
}

# archives are the names that the copied archives have in the image.
archives(copy) := {name |
	some source in array.concat(copy.sources, [copy.destination])
	name := last(source)
	regex.match(`\.(tar(\.(gz|bz2|xz|lzma|zst|Z))?|tgz|tbz2?|txz|tlz)$`, name)
}

last(path) := parts[count(parts) - 1] if parts := split(replace(path, `\`, "/"), "/")
