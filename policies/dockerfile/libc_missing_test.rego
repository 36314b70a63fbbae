package policies.dockerfile.libc_missing_test

import data.policies.dockerfile.libc_missing

findings(lacks, libc, version, contributes) := found if {
	build := {"contributes": true, "copies": [], "system": {"image": "rust:1.95"}}
	copy := {"built": [{"name": "/out", "stage": 0, "lacks": lacks}]}
	run := {"contributes": contributes, "copies": [copy], "system": {"image": "base", "libc": libc, "libc_version": version}}
	found := libc_missing.deny with input as {"stages": [build, run]}
}

test_old if {
	msg := "/out is linked on rust:1.95 and needs glibc 2.34, and base has glibc 2.31"
	findings("glibc 2.34", "glibc", "2.31", true) == {{"at": ["stages", 1, "copies", 0], "msg": msg, "related": [["stages", 0, "base"]]}}
}

test_musl if {
	msg := "/out is linked on rust:1.95 and needs glibc, and base has musl"
	findings("glibc", "musl", "", true) == {{"at": ["stages", 1, "copies", 0], "msg": msg, "related": [["stages", 0, "base"]]}}
}

test_none if {
	msg := "/out is linked on rust:1.95 and needs glibc, and base has no C library"
	findings("glibc", "none", "", true) == {{"at": ["stages", 1, "copies", 0], "msg": msg, "related": [["stages", 0, "base"]]}}
}

test_fits if count(findings("", "glibc", "2.36", true)) == 0

test_apart if count(findings("glibc", "musl", "", false)) == 0
