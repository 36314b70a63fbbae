# METADATA
# title: Image was built with ADD
# description: >-
#   ADD fetches from the network and unpacks archives on its own, so what ends up in the image is not what the
#   line says. COPY does neither. The file system of a base image, which is the first layer, does not count.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#add-or-copy
# custom:
#   severity: low
#   cwe: [829]
#   equivalent:
#     - dockle:CIS-DI-0009
#     - cis-docker:4.9
#   remediation: Use COPY, or ADD --checksum for a download.
#   bad: |
#     [{"Id": "sha256:9f2c", "RepoTags": ["ledger:1.4.2"], "Architecture": "amd64", "Os": "linux", "History": [{"created_by": "/bin/sh -c #(nop) ADD file:6d1f in / "}, {"created_by": "ADD https://example.com/tool.tar.gz /opt/ # buildkit"}], "Config": {"User": "10001"}}]
#   good: |
#     [{"Id": "sha256:9f2c", "RepoTags": ["ledger:1.4.2"], "Architecture": "amd64", "Os": "linux", "History": [{"created_by": "/bin/sh -c #(nop) ADD file:6d1f in / "}, {"created_by": "COPY --chown=0:0 add /usr/bin/add # buildkit"}, {"created_by": "ADD alpine-minirootfs-3.22.1-x86_64.tar.gz / # buildkit"}], "Config": {"User": "10001"}}]
package policies.image.add_instruction

deny contains {"at": ["history", i], "msg": msg} if {
	some i, step in input.history
	step.instruction == "ADD"
	not root_file_system(step.text)
	msg := sprintf("step %d of the history: ADD %s", [i + 1, step.text])
}

root_file_system(text) if regex.match(`( in)? / *$`, text)
