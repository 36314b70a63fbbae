package policies.project.image_dockerfile_test

import data.policies.project.image_dockerfile

port(n) := {"name": sprintf("%d", [n]), "known": true, "first": n, "last": n, "protocol": "tcp"}

final := {
	"user": {"known": true, "from": "this", "name": "app", "group": ""},
	"entrypoint": {"form": "exec", "argv": ["/a"]},
	"expose": [port(80)],
}

image := {"user": {"value": "app"}, "entrypoint": ["/a"], "ports": [port(80)]}

msgs(stage, images) := found if {
	found := {f.msg | some f in image_dockerfile.deny} with input as {
		"dockerfile": [{"final": 0, "stages": [stage]}],
		"image": images,
	}
}

test_agree if count(msgs(final, [image])) == 0

test_user if {
	msgs(final, [object.union(image, {"user": {"value": ""}})]) == {"the image runs as \"\", and its Dockerfile says USER app"}
	group := object.union(final, {"user": {"group": "staff"}})
	msgs(group, [image]) == {"the image runs as \"app\", and its Dockerfile says USER app:staff"}
}

test_entrypoint if msgs(final, [object.union(image, {"entrypoint": ["/b"]})]) == {"the image starts [\"/b\"], and its Dockerfile says [\"/a\"]"}

test_port if msgs(final, [object.union(image, {"ports": []})]) == {"the image does not expose port 80, and its Dockerfile does"}

test_range if {
	range := object.union(final, {"expose": [object.union(port(80), {"last": 81})]})
	count(msgs(range, [image])) == 1
	count(msgs(range, [object.union(image, {"ports": [port(80), port(81)]})])) == 0
}

test_several_images if count(msgs(final, [image, object.union(image, {"ports": []})])) == 0
