package policies.dockerfile.language_package_unpinned_test

import data.policies.dockerfile.language_package_unpinned

install := {"manager": "pip", "program": "pip3", "action": "install", "locked": false, "packages": []}

package_of(name, changes) := object.union({"name": name, "version": "", "pinned": false, "kind": "package"}, changes)

findings(command) := found if {
	found := language_package_unpinned.deny with input as {"stages": [{"runs": [{"packages": []}, {"packages": [object.union(install, command)]}]}]}
}

messages(command) := {f.msg |
	some f in findings(command)
	f.at == ["stages", 0, "runs", 1, "packages", 0]
}

test_unpinned if {
	messages({"packages": [package_of("six", {}), package_of("x", {"version": "<3"}), package_of("y", {"version": "latest"})]}) == {"pip installs six, y without a version"}
}

test_url if messages({"packages": [package_of("r", {"kind": "url"})]}) == {"pip installs r without a version"}

test_pinned if findings({"packages": [package_of("six", {"version": "1", "pinned": true})]}) == set()

test_locked if findings({"locked": true, "packages": [package_of("six", {})]}) == set()

test_unknown if findings({"packages": [package_of("$X", {"kind": "unknown"})]}) == set()

test_system if findings({"manager": "apt", "packages": [package_of("curl", {})]}) == set()

test_download if findings({"action": "download", "packages": [package_of("six", {})]}) == set()

test_cargo if {
	messages({"manager": "cargo", "locked": true, "packages": [package_of("cargo-audit", {})]}) == {"cargo installs cargo-audit without a version"}
}
