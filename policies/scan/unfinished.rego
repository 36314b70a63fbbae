# METADATA
# title: Scan that did not come to its end
# description: >-
#   The scanner says that it failed, or its report ends early. What it would have found in the rest is not known.
# custom:
#   severity: high
#   cwe: [1395]
#   non_negotiable: true
#   equivalent: [cargo-deny:advisories/index-failure, cargo-deny:advisories/index-cache-load-failure]
#   remediation: Repair what stopped the scanner, and scan again.
#   bad: |
#     {"reason":"build-finished","success":false}
#   good: |
#     {"reason":"compiler-artifact","package_id":"path+file:///src/app#0.1.0","manifest_path":"/src/app/Cargo.toml"}
#     {"reason":"build-finished","success":true}
package policies.scan.unfinished

deny contains {"at": ["failures", i], "msg": msg} if {
	some i, failure in input.failures
	msg := sprintf("%s did not do all of its work: %s", [input.tool.name, failure.message])
}
