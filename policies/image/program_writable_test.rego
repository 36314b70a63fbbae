package policies.image.program_writable_test

import data.policies.image.program_writable

msgs(writable) := found if {
	found := {f.msg | some f in program_writable.deny} with input as {"user": {"value": "app"}, "program": {"file": "/a", "writable": writable}}
}

test_owner if msgs("owner") == {"the image's user \"app\" may change the program /a: it owns the file"}

test_root if count(msgs("")) == 0
