# METADATA
# title: Final image has a shell or a package manager
# description: >-
#   A program that is compiled needs neither. Whoever gets into the container has fewer tools without them, and there is
#   less to patch.
# related_resources:
#   - https://github.com/GoogleContainerTools/distroless#why-should-i-use-distroless-images
# custom:
#   severity: medium
#   cwe: [1104]
#   parameters:
#     distroless:
#       description: Whether images must do without a shell and a package manager. The rule says nothing otherwise.
#       default: false
#       example: true
#   remediation: Build the final stage on scratch or a distroless image.
#   bad: |
#     FROM alpine:3.23
#     USER 10001
#   good: |
#     FROM gcr.io/distroless/cc-debian12:nonroot
package policies.dockerfile.shell_in_image

deny contains {"at": ["stages", input.final, "base"], "msg": msg} if {
	data.parameters.dockerfile.shell_in_image.distroless
	system := input.stages[input.final].system
	system.known
	tools := array.concat(shells(system), managers(system))
	count(tools) > 0
	msg := sprintf("the final stage is built on %s, which has %s", [system.image, concat(" and ", tools)])
}

shells(system) := ["a shell" | system.shell == "present"]

managers(system) := [system.package_manager | not system.package_manager in {"", "none"}]
