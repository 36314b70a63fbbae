package policies.lib.crates_test

import data.policies.lib.crates

packages := [
	{"name": "app", "version": "1.0.0", "kind": "path"},
	{"name": "hyper", "version": "0.14.10", "kind": "registry"},
]

built(version) := [
	{"name": "app", "version": "0.9.0", "source": "local"},
	{"name": "hyper", "version": version, "source": "crates.io"},
	{"name": "h2", "version": "1.0.0", "source": "crates.io"},
]

test_lock if {
	crates.lock([{"packages": []}, {"packages": packages}], "app") == 1
	not crates.lock([{"packages": packages}, {"packages": packages}], "app")
	not crates.lock([{"packages": packages}], "hyper")
	not crates.lock([{"packages": packages}], "")
}

test_others if {
	crates.others(built("0.14.10"), packages) == {["h2", "1.0.0"]}
	crates.others(built("0.14.9"), packages) == {["h2", "1.0.0"], ["hyper", "0.14.9"]}
}

test_places if {
	found := crates.places(2, {["hyper", "0.14.9"], ["h2", "1"]}, packages)
	sprintf("%v", [found]) == `[["cargo_lock", 2, "packages", 1, "version"]]`
}

test_text if {
	crates.text({["hyper", "0.14.9"], ["h2", "1"]}, packages) == "h2 1 (not locked), hyper 0.14.9 (locked: 0.14.10)"
	contains(crates.text({["a", "1"], ["b", "1"], ["c", "1"], ["d", "1"], ["e", "1"], ["f", "1"]}, packages), "e 1 (not locked) and 1 more")
}
