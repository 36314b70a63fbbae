package policies.image.add_instruction_test

import data.policies.image.add_instruction

msgs(text) := found if {
	found := {f.msg | some f in add_instruction.deny} with input as {"history": [{"instruction": "ADD", "text": text}]}
}

test_add if msgs("https://example.com/a /opt/") == {"step 1 of the history: ADD https://example.com/a /opt/"}

test_base if count(msgs("file:6d1f in /")) == 0
