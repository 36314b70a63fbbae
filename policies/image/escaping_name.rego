# METADATA
# title: Layer holds names that lead out of the image
# description: >-
#   No builder writes a name such as ../../etc/passwd. A tool that unpacks such a layer without care writes
#   outside of its folder.
# custom:
#   severity: high
#   cwe: [22]
#   remediation: Do not run the image; build it again with a tool that you trust.
#   bad: |
#     -- app.tar/config.json --
#     {"config": {"User": "10001"}}
#     -- app.tar/1/../../etc/cron.d/job --
#     * * * * * root true
#   good: |
#     -- app.tar/config.json --
#     {"config": {"User": "10001"}}
#     -- app.tar/1/./etc/cron.d/..job --
#     x
package policies.image.escaping_name

deny contains {"at": ["layers", i], "msg": msg} if {
	some i, layer in input.layers
	layer.escapes > 0
	msg := sprintf("layer %d (%s) holds %d names that lead out of its root", [i + 1, layer.name, layer.escapes])
}
