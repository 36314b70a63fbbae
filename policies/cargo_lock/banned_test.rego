package policies.cargo_lock.banned_test

import data.policies.cargo_lock.banned

packages := [
	{"name": "app", "version": "1.0.0", "parents": [], "chain": "app", "pulled": []},
	{"name": "openssl", "version": "0.9.1", "parents": [0], "chain": "app > openssl", "pulled": [4]},
]

findings(settings) := found if {
	found := banned.deny with input as {"packages": packages} with data.parameters.cargo_lock.banned as settings
}

test_nothing_configured if count(findings({"crates": [], "wrappers": {}})) == 0

test_banned if {
	findings({"crates": ["openssl@<1"], "wrappers": {}}) == {{
		"at": ["packages", 1],
		"msg": "openssl 0.9.1 is banned as \"openssl@<1\"; it comes by app > openssl",
		"related": [["requirements", 4]],
		"properties": {"package": "openssl", "version": "0.9.1"},
	}}
}

test_other_version if count(findings({"crates": ["openssl@>=1"], "wrappers": {}})) == 0

test_wrapped if count(findings({"crates": ["openssl"], "wrappers": {"openssl": ["app"]}})) == 0

test_other_wrapper if count(findings({"crates": ["openssl"], "wrappers": {"openssl": ["tls"]}})) == 1

test_root_has_no_wrapper if count(findings({"crates": ["app"], "wrappers": {"app": ["tls"]}})) == 1
