# METADATA
# title: License of a crate is not accepted
# description: >-
#   A license that nobody has accepted may ask for what the service does not do: publishing its source, naming authors,
#   giving up patents. Packages are those of cargo metadata, of a vendored tree, and the workspace's own that may be published.
#   Without a configured list, no license is judged.
# related_resources:
#   - https://embarkstudios.github.io/cargo-deny/checks/licenses/cfg.html
# custom:
#   severity: medium
#   cwe: [1104]
#   equivalent: ["cargo-deny:licenses/rejected"]
#   parameters:
#     allow:
#       description: Licenses that are accepted, by their identifiers of SPDX; one WITH an exception is one of its own.
#       default: []
#       example: [MIT, Zlib]
#     deny:
#       description: Licenses that are not accepted, where allow is empty.
#       default: []
#     exceptions:
#       description: Licenses that single crates may have besides, such as {"unicode-ident" = ["Unicode-3.0"]}.
#       default: {}
#     clarify:
#       description: Licenses of crates that do not say it themselves, all of which count, such as {"ring@0.17" = ["MIT", "ISC", "OpenSSL"]}.
#       default: {}
#   remediation: Replace the crate, have its license accepted and add it to allow, or to exceptions for this crate alone.
#   bad: |
#     -- metadata.json --
#     {"packages": [{"name": "codec", "version": "1.0.0", "id": "c", "license": "GPL-3.0-only", "license_file": null,
#       "source": "registry+https://github.com/rust-lang/crates.io-index", "publish": null, "targets": [{"kind": ["lib"]}], "features": {}}],
#      "workspace_members": [], "resolve": {"nodes": [{"id": "c", "features": []}]}, "version": 1}
#   good: |
#     -- metadata.json --
#     {"packages": [{"name": "codec", "version": "1.0.0", "id": "c", "license": "GPL-3.0-only OR (MIT AND Zlib)", "license_file": null,
#       "source": "registry+https://github.com/rust-lang/crates.io-index", "publish": null, "targets": [{"kind": ["lib"]}], "features": {}}],
#      "workspace_members": [], "resolve": {"nodes": [{"id": "c", "features": []}]}, "version": 1}
package policies.project.license_rejected

import data.policies.lib.built_of
import data.policies.lib.crate

settings := data.parameters.project.license_rejected

deny contains finding if {
	count(settings.allow) + count(settings.deny) > 0
	some p in built_of.packages(input)
	judged(p)
	not accepted(p)
	finding := {
		"at": array.concat(p.at, ["license"]),
		"msg": sprintf("%s %s is under %s, which is not accepted", [p.name, p.version, said(p.license)]),
		"related": built_of.related(input, p),
		"properties": {"package": p.name, "version": p.version, "license": p.license.text},
	}
}

judged(p) if not p.own

judged(p) if p.publish

accepted(p) if {
	some licenses in array.concat(p.license.alternatives, clarified(p))
	every license in licenses {
		permitted(license, p)
	}
}

clarified(p) := [licenses | some text, licenses in settings.clarify; crate.named(text, p.name, p.version)]

permitted(license, p) if {
	some text, licenses in settings.exceptions
	license in licenses
	crate.named(text, p.name, p.version)
}

permitted(license, _) if license in settings.allow

permitted(license, _) if {
	count(settings.allow) == 0
	not license in settings.deny
}

said(license) := sprintf("%q", [license.text]) if license.text != ""

said(license) := sprintf("the license in %s", [license.file]) if {
	license.text == ""
	license.file != ""
}

said(license) := "no license that it names" if {
	license.text == ""
	license.file == ""
}
