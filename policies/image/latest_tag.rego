# METADATA
# title: Image is named latest alone
# description: >-
#   The tag says nothing about what is in the image, and the next build takes it away: nobody can name this
#   image again to roll back to it.
# custom:
#   severity: low
#   cwe: [1357]
#   equivalent:
#     - dockle:DKL-DI-0006
#   remediation: Tag the image with its version as well.
#   bad: |
#     [{"Id": "sha256:9f2c", "RepoTags": ["ledger:latest"], "Architecture": "amd64", "Os": "linux", "Config": {"User": "10001"}}]
#   good: |
#     [{"Id": "sha256:9f2c", "RepoTags": ["ledger:latest", "ledger:1.4.2"], "Architecture": "amd64", "Os": "linux", "Config": {"User": "10001"}}]
package policies.image.latest_tag

deny contains {"at": ["references"], "msg": msg} if {
	tags := {reference.tag | some reference in input.references; reference.tag != ""}
	tags == {"latest"}
	msg := sprintf("%s has no tag but latest", [input.name])
}
