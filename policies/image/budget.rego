# METADATA
# title: Image is larger than its budget
# description: >-
#   Each node pulls it before a container starts, and each file in it is one more to keep up to date. No
#   overlay file system takes more than 127 layers.
# custom:
#   severity: low
#   parameters:
#     max_mib:
#       description: How much the layers may take on a node, in MiB; 0 is no limit.
#       default: 4096
#       stricter: lower
#     max_layers:
#       description: How many layers the image may have; 0 is no limit.
#       default: 127
#       stricter: lower
#   remediation: Build in several stages and copy what runs, or raise the budget.
#   bad: |
#     [{"Id": "sha256:9f2c", "RepoTags": ["ledger:1.4.2"], "Architecture": "amd64", "Os": "linux", "Size": 6442450944, "Config": {"User": "10001"}}]
#   good: |
#     [{"Id": "sha256:9f2c", "RepoTags": ["ledger:1.4.2"], "Architecture": "amd64", "Os": "linux", "Size": 64424509, "Config": {"User": "10001"}}]
package policies.image.budget

deny contains {"at": ["size"], "msg": msg} if {
	limit := data.parameters.image.budget.max_mib
	limit > 0
	input.size.known
	mib := ceil(input.size.unpacked / 1048576)
	mib > limit
	msg := sprintf("the image takes %d MiB on a node; at most %v are allowed", [mib, limit])
}

deny contains {"at": ["layers"], "msg": msg} if {
	limit := data.parameters.image.budget.max_layers
	limit > 0
	count(input.layers) > limit
	msg := sprintf("the image has %d layers; at most %v are allowed", [count(input.layers), limit])
}
