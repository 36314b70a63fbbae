package policies.project.compose_user_test

import data.policies.project.compose_user

stage(name, user) := {"name": name, "user": user}

app := {"name": "10001", "root": false, "known": true}

root := {"name": "root", "root": true, "known": true}

open_user := {"name": "", "root": false, "known": false}

dockerfile(stages) := [{"path": "Dockerfile", "final": count(stages) - 1, "stages": stages}]

no_build := {"set": false, "known": false, "dockerfile": "", "target": ""}

build(known, file, target) := {"set": true, "known": known, "dockerfile": file, "target": target}

image := {"name": "web:1", "registry": "docker.io", "repository": "library/web", "tag": "1"}

service(b) := {"name": "web", "partial": false, "user": {"set": false}, "image": image, "build": b}

table := {"images": [{"image": "docker.io/library/web", "tag": "2", "user": "web"}]}

msgs(services, stages) := found if {
	project := {"compose": [{"services": services}], "dockerfile": dockerfile(stages)}
	found := {f.msg | some f in compose_user.deny} with input as project with data.tables.base_images as table
}

test_final_stage_is_root if {
	msgs([service(build(true, "Dockerfile", ""))], [stage("a", app), stage("", root)]) == {"service \"web\" has no user, and the stage that it builds runs as root"}
}

test_target_is_unknown if {
	msgs([service(build(true, "Dockerfile", "A"))], [stage("a", open_user), stage("", app)]) == {"service \"web\" has no user, and the stage that it builds runs as a user that is not known"}
}

test_stage_is_an_account if {
	count(msgs([service(build(true, "Dockerfile", ""))], [stage("a", root), stage("", app)])) == 0
}

test_no_dockerfile if {
	builds := [build(true, "other/Dockerfile", ""), build(false, "Dockerfile", ""), build(true, "Dockerfile", "gone")]
	every b in builds {
		msgs([service(b)], [stage("a", app)]) == {"service \"web\" has no user, and what it builds is no stage of a Dockerfile of this repository"}
	}
}

test_image_is_unknown if {
	msgs([service(no_build)], []) == {"service \"web\" has no user, and its image \"web:1\" is not known to run as another than root"}
}

test_image_is_known if {
	s := object.union(service(no_build), {"image": {"tag": "2"}})
	count(msgs([s], [])) == 0
}

test_user_is_set_or_left_to_another_file if {
	s := [object.union(service(no_build), {"partial": true}), object.union(service(no_build), {"user": {"set": true}})]
	count(msgs(s, [])) == 0
}

test_place if {
	project := {"compose": [{"services": [service(build(true, "Dockerfile", ""))]}], "dockerfile": dockerfile([stage("", root)])}
	found := compose_user.deny with input as project
	{[f.at, f.related] | some f in found} == {[["compose", 0, "services", 0], [["dockerfile", 0, "stages", 0, "user"]]]}
}

built(user) := {"references": [{"registry": "docker.io", "repository": "library/web", "tag": "1"}], "user": user}

test_image_is_here if {
	project := {"compose": [{"services": [service(no_build)]}], "dockerfile": []}
	account := built({"known": true, "root": false})
	count(compose_user.deny) == 0 with input as object.union(project, {"image": [account]})
	count(compose_user.deny) == 1 with input as object.union(project, {"image": [account, built({"known": true, "root": true})]})
}
