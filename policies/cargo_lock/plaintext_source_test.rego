package policies.cargo_lock.plaintext_source_test

import data.policies.cargo_lock.plaintext_source

findings(plaintext) := found if {
	found := plaintext_source.deny with input as {"sources": {"git+x": {"url": "http://git.example.com/codec", "plaintext": plaintext}}}
}

test_plaintext if {
	findings(true) == {{
		"at": ["sources", "git+x"],
		"msg": "packages come from http://git.example.com/codec, which is not encrypted",
	}}
}

test_encrypted if {
	count(findings(false)) == 0
}
