# METADATA
# title: Cataloguer could not read a file
# description: >-
#   What the file holds is missing in the list of components, so nothing is known about it: neither its vulnerabilities nor
#   its licenses.
# related_resources:
#   - https://github.com/anchore/syft
# custom:
#   severity: medium
#   cwe: [1059]
#   remediation: Repair or remove the file, or catalogue what it holds by another way.
#   bad: |
#     -- ledger.syft.json --
#     {
#       "artifacts": [{"id": "1", "name": "musl", "version": "1.2.4-r1", "type": "apk", "purl": "pkg:apk/alpine/musl@1.2.4-r1", "licenses": ["MIT"]}],
#       "artifactRelationships": [{"parent": "s", "child": "1", "type": "contains"}],
#       "files": [{"id": "f", "location": {"path": "/opt/app.jar"}, "unknowns": ["java-archive-cataloger: unable to read: zip: not a valid zip file"]}],
#       "source": {"id": "s", "name": "ledger:1.4.2", "type": "image", "metadata": {"manifestDigest": "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}},
#       "descriptor": {"name": "syft", "version": "1.42.0"}, "schema": {"version": "16.1.3"}
#     }
#   good: |
#     -- ledger.syft.json --
#     {
#       "artifacts": [{"id": "1", "name": "musl", "version": "1.2.4-r1", "type": "apk", "purl": "pkg:apk/alpine/musl@1.2.4-r1", "licenses": ["MIT"]}],
#       "artifactRelationships": [{"parent": "s", "child": "1", "type": "contains"}],
#       "files": [{"id": "f", "location": {"path": "/opt/app.jar"}}],
#       "source": {"id": "s", "name": "ledger:1.4.2", "type": "image", "metadata": {"manifestDigest": "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}},
#       "descriptor": {"name": "syft", "version": "1.42.0"}, "schema": {"version": "16.1.3"}
#     }
package policies.sbom.unread_file

deny contains {"at": ["unread"], "msg": msg} if {
	input.unread_count > 0
	files := [sprintf("%s (%s)", [file.name, file.reason]) | some file in array.slice(input.unread, 0, 5)]
	msg := sprintf("%d files could not be read: %s", [input.unread_count, concat(", ", files)])
}
