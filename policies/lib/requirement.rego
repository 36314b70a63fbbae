# What a manifest asks for, held against the versions that are locked.
package policies.lib.requirement

import data.policies.lib.crate

# fits holds where one of the versions is what a dependency of a manifest asks for.
fits(wanted, versions) if {
	some version in versions
	admits(wanted, version)
}

admits(wanted, _) if wanted.source != "registry"

# Pre-releases have rules of their own, which the patched crates of a workspace stretch.
admits(wanted, version) if not regex.match(`^[0-9.,<>=^~* ]+@[0-9.]+(?:\+.*)?$`, sprintf("%s@%s", [wanted.req, version]))

admits(wanted, version) if {
	wanted.source == "registry"
	crate.named(sprintf("%s@%s", [wanted.package, wanted.req]), wanted.package, version)
}

# spelled is the one spelling of a name: no two crates of a registry differ in - and _ alone.
spelled(name) := replace(name, "_", "-")

said(versions) := "none" if count(versions) == 0

said(versions) := concat(", ", sort(versions)) if count(versions) > 0
