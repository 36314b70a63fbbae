package policies.project.image_numeric_user_test

import data.policies.project.image_numeric_user

container := {"name": "web", "image": "app:1", "path": ["object"], "non_root": {"ok": true}, "run_as_user": {"set": false}}

msgs(c, user) := found if {
	found := {f.msg | some f in image_numeric_user.deny} with input as {
		"kubernetes": [{"patch": false, "containers": [c]}],
		"image": [{"references": [{"name": "app:1"}], "user": user}],
	}
}

test_name if {
	msgs(container, {"numeric": false, "root": false, "value": "app"}) == {"container \"web\" sets runAsNonRoot and no runAsUser, and the user of app:1 is \"app\""}
}

test_root if count(msgs(container, {"numeric": true, "root": true, "value": "0"})) == 1

test_number if count(msgs(container, {"numeric": true, "root": false, "value": "10001"})) == 0

test_set_or_elsewhere if {
	user := {"numeric": false, "root": false, "value": "app"}
	count(msgs(object.union(container, {"run_as_user": {"set": true}}), user)) == 0
	count(msgs(object.union(container, {"image": "other:1"}), user)) == 0
	count(msgs(object.union(container, {"non_root": {"ok": false}}), user)) == 0
}
