package policies.image.latest_tag_test

import data.policies.image.latest_tag

msgs(tags) := found if {
	found := {f.msg | some f in latest_tag.deny} with input as {"name": "app", "references": [{"tag": tag} | some tag in tags]}
}

test_latest if msgs(["latest", ""]) == {"app has no tag but latest"}

test_version if {
	count(msgs(["latest", "1.0"])) == 0
	count(msgs([])) == 0
}
