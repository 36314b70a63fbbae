package policies.lib.image_test

import data.policies.lib.image

table := {"images": [
	{"image": "gcr.io/distroless/*", "tag": "nonroot*", "user": "65532"},
	{"image": "gcr.io/distroless/*", "tag": "", "user": "root"},
	{"image": "gcr.io/distroless/odd", "tag": "", "user": "1000:0"},
]}

user(registry, repository, tag) := found if {
	img := {"registry": registry, "repository": repository, "tag": tag}
	found := image.default_user(img) with data.tables.base_images as table
}

test_tag if user("gcr.io", "distroless/static", "nonroot-amd64") == "65532"

test_any_tag if user("gcr.io", "distroless/static", "latest") == "root"

test_exact_first if user("gcr.io", "distroless/odd", "nonroot") == "1000"

test_unknown if not user("docker.io", "library/x", "latest")
