# METADATA
# title: File with credentials is deleted in a later layer and still in the image
# description: >-
#   A layer never changes: a file that a later layer deletes is hidden from the container alone. Whoever may
#   pull the image unpacks the layer and has the file.
# related_resources:
#   - https://docs.docker.com/build/building/secrets/
# custom:
#   severity: high
#   cwe: [522, 212]
#   equivalent:
#     - dockle:CIS-DI-0010
#     - cis-docker:4.10
#   remediation: Take the file out of the step that brings it in, use RUN --mount=type=secret, and change what was in it.
#   bad: |
#     -- app.tar/config.json --
#     {"config": {"User": "10001"}}
#     -- app.tar/1/root/.ssh/id_ed25519 0600 --
#     -----BEGIN OPENSSH PRIVATE KEY-----
#     b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtz
#     c2gtZWQyNTUxOQAAACBhbm90aGVyIG1hZGUgdXAga2V5IGZvciBhbiBleGFtcGxl
#     -----END OPENSSH PRIVATE KEY-----
#     -- app.tar/2/root/.ssh/.wh.id_ed25519 --
#   good: |
#     -- app.tar/config.json --
#     {"config": {"User": "10001"}}
#     -- app.tar/1/root/.ssh/id_ed25519.pub --
#     ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGFub3RoZXIgbWFkZSB1cCBrZXkgZm9yIGFu app
#     -- app.tar/2/root/.ssh/.wh.id_ed25519.pub --
package policies.image.secret_layer

deny contains {"at": ["files", "secrets", i], "msg": msg} if {
	some i, file in input.files.secrets
	file.deleted
	not file.sample
	msg := sprintf("%s is deleted or replaced later, and still in layer %d (%s): %s", [file.name, file.layer + 1, input.layers[file.layer].name, file.reason])
}
