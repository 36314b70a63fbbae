# METADATA
# title: Layer of an image cannot be judged
# description: >-
#   An encrypted layer, one that is kept elsewhere and one of an unknown format hold files that nobody has
#   looked at. What cannot be judged is no pass.
# related_resources:
#   - https://github.com/opencontainers/image-spec/blob/main/layer.md
# custom:
#   severity: high
#   cwe: [693]
#   remediation: Hand over the image with all of its layers, decrypted and in a format of the OCI.
#   bad: |
#     -- oci-layout --
#     {"imageLayoutVersion": "1.0.0"}
#     -- index.json --
#     {"schemaVersion": 2, "manifests": [{"mediaType": "application/vnd.oci.image.manifest.v1+json", "digest": "sha256:4869eda2e1832fb735c326152db385200e67dbc863a78ee5da695175b2d6dd1d", "size": 371}]}
#     -- blobs/sha256/4869eda2e1832fb735c326152db385200e67dbc863a78ee5da695175b2d6dd1d --
#     {"schemaVersion": 2, "config": {"mediaType": "application/vnd.oci.image.config.v1+json", "digest": "sha256:f70a3954f51bd16e72e55d3f916210822ded5ae5cf6a9d9ef6e94129d6b53c64", "size": 189}, "layers": [{"mediaType": "application/vnd.oci.image.layer.v1.tar+gzip+encrypted", "digest": "sha256:7777777777777777777777777777777777777777777777777777777777777777", "size": 4096}]}
#     -- blobs/sha256/f70a3954f51bd16e72e55d3f916210822ded5ae5cf6a9d9ef6e94129d6b53c64 --
#     {"architecture": "amd64", "os": "linux", "config": {"User": "10001"}, "rootfs": {"type": "layers", "diff_ids": ["sha256:5555555555555555555555555555555555555555555555555555555555555555"]}}
#   good: |
#     -- app.tar/config.json --
#     {"config": {"User": "10001"}}
#     -- app.tar/1/etc/hostname --
#     app
package policies.image.unreadable_layer

deny contains {"at": ["layers", i], "msg": msg} if {
	some i, layer in input.layers
	layer.reason != ""
	msg := sprintf("layer %d (%s) %s: nobody knows what it holds", [i + 1, layer.name, layer.reason])
}
