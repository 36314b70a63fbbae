package policies.lib.crate_test

import data.policies.lib.crate

cases := [
	["1.2.3", "1.2.3", true],
	["1.2.3", "1.9.0", true],
	["1.2.3", "2.0.0", false],
	["1.2.3", "1.2.2", false],
	["0.2.3", "0.2.9", true],
	["0.2.3", "0.3.0", false],
	["0.0.3", "0.0.3", true],
	["0.0.3", "0.0.4", false],
	["0", "0.9.1", true],
	["0.0", "0.0.7", true],
	["0.0", "0.1.0", false],
	["1", "1.9.9", true],
	["^1.2", "1.1.9", false],
	["*", "9.0.0", true],
	["", "0.1.0", true],
	["=1.2.3", "1.2.3", true],
	["=1.2.3", "1.2.4", false],
	["=1.2", "1.2.9", true],
	["=1.2", "1.3.0", false],
	["~1.2.3", "1.2.9", true],
	["~1.2.3", "1.3.0", false],
	["~1", "1.9.0", true],
	["~1", "2.0.0", false],
	[">1.2.3", "1.2.3", false],
	[">1.2.3", "1.2.4", true],
	[">1.2", "1.2.9", false],
	[">1.2", "1.3.0", true],
	[">=1.2", "1.2.0", true],
	[">=1.2", "1.1.9", false],
	["<1.2", "1.1.9", true],
	["<1.2", "1.2.0", false],
	["<=1.2", "1.2.9", true],
	["<=1.2", "1.3.0", false],
	["<=1.2.3", "1.2.3", true],
	["<=1.2.3", "1.2.4", false],
	[">=1, <2", "1.5.0", true],
	[">=1, <2", "2.0.0", false],
	["1.*", "1.5.0", true],
	["1.*", "2.0.0", false],
	["1.2.*", "1.2.7", true],
	[">=1.0.0", "1.0.0-rc.1", false],
	["<2", "2.0.0-rc.1", true],
	["^1", "2.0.0-rc.1", false],
	["=1.0.0-rc.1", "1.0.0-rc.1", true],
	["=1.0.0-rc.1", "1.0.0", false],
	["1.0.0-rc.1", "1.3.0", true],
	["=1.2.3", "1.2.3+build.7", true],
	["0.0.0", "0.0.0", true],
	["0.0.0", "0.0.1", false],
]

admits(requirement, version) if crate.admitted(concat("", ["x@", requirement]), version)

test_requirements if {
	wrong := [[requirement, version] |
		some [requirement, version, want] in cases
		got := count([1 | admits(requirement, version)]) == 1
		got != want
	]
	wrong == []
}

test_named if {
	crate.named("openssl", "openssl", "not a version")
	crate.named("windows-*", "windows-sys", "0.52.0")
	crate.named("windows-*@<0.50", "windows-sys", "0.48.0")
	not crate.named("windows-*@<0.50", "windows-sys", "0.52.0")
	not crate.named("openssl", "openssl-sys", "0.9.0")
}
