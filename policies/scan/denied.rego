# METADATA
# title: Dependency that the policy of the project refuses
# description: >-
#   The policy of the project itself, as cargo-deny or osv-scanner was given it, does not want the package, its license or where it comes from.
# custom:
#   severity: high
#   cwe: [1104]
#   equivalent: [cargo-deny:bans, cargo-deny:licenses, cargo-deny:sources, osv-scanner:license-violation]
#   remediation: Replace the package, or change the policy with those who own it.
#   bad: |
#     {"type":"diagnostic","fields":{"code":"banned","severity":"error","message":"crate 'openssl = 0.10.60' is explicitly banned","labels":[],"graphs":[{"Krate":{"name":"openssl","version":"0.10.60"}}]}}
#     {"type":"summary","fields":{"advisories":{"errors":0},"bans":{"errors":1},"licenses":{"errors":0},"sources":{"errors":0}}}
#   good: |
#     {"type":"diagnostic","fields":{"code":"duplicate","severity":"warning","message":"found 2 duplicate entries","labels":[],"graphs":[{"Krate":{"name":"openssl","version":"0.10.60"}}]}}
#     {"type":"summary","fields":{"advisories":{"errors":0},"bans":{"errors":0},"licenses":{"errors":0},"sources":{"errors":0}}}
package policies.scan.denied

deny contains {"at": ["results", i], "msg": msg} if {
	some i, result in input.results
	result.kind in {"ban", "license", "source"}
	result.level == "error"
	msg := sprintf("%s %s is refused: %s (%s)", [result.package, result.version, result.title, result.id])
}
