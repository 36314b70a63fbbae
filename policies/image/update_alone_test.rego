package policies.image.update_alone_test

import data.policies.image.update_alone

msgs(commands) := found if {
	found := {f.msg | some f in update_alone.deny} with input as {"history": [{"commands": commands}]}
}

update := {"name": "apt-get", "args": ["-qq", "update"]}

test_alone if msgs([update]) == {"step 1 of the history updates the lists of apt-get and installs nothing"}

test_install if count(msgs([update, {"name": "apt-get", "args": ["install", "curl"]}])) == 0
