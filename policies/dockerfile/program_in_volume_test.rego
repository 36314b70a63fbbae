package policies.dockerfile.program_in_volume_test

import data.policies.dockerfile.program_in_volume

findings(volume) := found if {
	program := {"hidden": volume, "stage": 0, "copy": 2, "file": "/app/a"}
	found := program_in_volume.deny with input as {"final": 0, "stages": [{"program": program}]}
}

test_inside if {
	msg := "the image runs /app/a, which is in the volume /app"
	findings("/app") == {{"at": ["stages", 0, "copies", 2], "msg": msg}}
}

test_outside if count(findings("")) == 0
