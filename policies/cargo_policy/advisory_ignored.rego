# METADATA
# title: Audit is told to ignore an advisory
# description: >-
#   An entry of the tool's own list hides an advisory from everyone who reads its report, without owner and end. A
#   decision to accept a risk belongs into a waiver of the gate, which covers this finding as well.
# related_resources:
#   - https://embarkstudios.github.io/cargo-deny/checks/advisories/cfg.html
# custom:
#   severity: high
#   cwe: [1395]
#   equivalent: ["cargo-deny:advisories/advisory-ignored", "cargo-deny:advisories/yanked-ignored"]
#   non_negotiable: true
#   remediation: Remove the entry, or cover it with a waiver that names the advisory, in trusted configuration.
#   bad: |
#     [advisories]
#     ignore = [{ id = "RUSTSEC-2023-0071", reason = "the timing is not seen from outside" }]
#   good: |
#     [advisories]
#     ignore = []
#     unmaintained = "all"
package policies.cargo_policy.advisory_ignored

deny contains finding if {
	some i, ignored in input.ignored
	finding := {
		"at": ["ignored", i],
		"msg": sprintf("%s is told to ignore %s%s%s", [input.tool, ignored.name, about(ignored), reason(ignored)]),
		"properties": {
			"advisory": ignored.advisory, "aliases": concat(",", ignored.aliases),
			"package": concat("", [ignored.package, split(ignored.crate, "@")[0]]),
		},
	}
}

about(ignored) := sprintf(" in %s", [ignored.package]) if ignored.package != ""

about(ignored) := "" if ignored.package == ""

reason(ignored) := sprintf(" (%s)", [ignored.reason]) if ignored.reason != ""

reason(ignored) := "" if ignored.reason == ""
