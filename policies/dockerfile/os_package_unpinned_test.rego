package policies.dockerfile.os_package_unpinned_test

import data.policies.dockerfile.os_package_unpinned

install := {"manager": "apt", "program": "apt-get", "action": "install", "locked": false, "packages": []}

package_of(name, changes) := object.union({"name": name, "version": "", "pinned": false, "kind": "package"}, changes)

findings(command) := found if {
	found := os_package_unpinned.deny with input as {"stages": [{"runs": [{"packages": []}, {"packages": [object.union(install, command)]}]}]}
}

messages(command) := {f.msg |
	some f in findings(command)
	f.at == ["stages", 0, "runs", 1, "packages", 0]
}

test_unpinned if {
	messages({"packages": [package_of("curl", {}), package_of("git", {}), package_of("gcc", {"version": "12.*"})]}) == {"apt installs curl, git without a version"}
}

test_pinned if findings({"packages": [package_of("curl", {"version": "7", "pinned": true})]}) == set()

test_group if findings({"packages": [package_of("core", {"kind": "group"})]}) == set()

test_language if findings({"manager": "pip", "packages": [package_of("six", {})]}) == set()

test_remove if findings({"action": "remove", "packages": [package_of("curl", {})]}) == set()
