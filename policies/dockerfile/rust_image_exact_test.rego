package policies.dockerfile.rust_image_exact_test

import data.policies.dockerfile.rust_image_exact

base(name, unknown, toolchain) := {"name": name, "unknown": unknown, "rust": toolchain}

messages(image) := {f.msg |
	some f in rust_image_exact.deny with input as {"stages": [{"base": image}]}
	f.at == ["stages", 0, "base"]
}

test_moving if {
	image := base("rust:1.82", [], {"toolchain": true, "version": "1.82", "exact": false})
	messages(image) == {"the Rust release of the image rust:1.82 is not exact: 1.82 moves"}
}

test_no_release if {
	image := base("rust:slim", [], {"toolchain": true, "version": "", "exact": false})
	messages(image) == {"the Rust release of the image rust:slim is not exact: its tag names no release"}
}

test_unknown if {
	image := base("rust:$V", ["V"], {"toolchain": true, "version": "", "exact": false})
	messages(image) == {"the Rust release of the image rust:$V is not exact: V has no value"}
}

test_exact if messages(base("rust:1.82.0", [], {"toolchain": true, "version": "1.82.0", "exact": true})) == set()

test_other if messages(base("debian", [], {"toolchain": false, "version": "", "exact": false})) == set()
