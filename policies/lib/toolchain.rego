# Who in a repository chooses which Rust toolchain, and which of the choices counts for a folder.
package policies.lib.toolchain

import data.policies.lib.tree

# file is the toolchain file nearest at or above a folder.
file(folder) := files[tree.nearest(files, folder)]

files[folder] := {"at": ["rust_toolchain", i, "channel"], "name": document.channel, "what": document.path} if {
	some i, document in input.rust_toolchain
	document.overridden_by == ""
	folder := tree.dir(document.path)
}

# choices are those of the workflows and Dockerfiles, with the folder that each is about.
choices contains {"at": ["workflow", i, "toolchains", k], "name": choice.channel, "what": choice.text, "folder": choice.folder} if {
	some i, document in input.workflow
	some k, choice in document.toolchains
	choice.kind in {"exact", "dated", "moving"}
	not choice.extra
}

choices contains {"at": ["dockerfile", i, "stages", k, "base"], "name": version, "what": what, "folder": tree.dir(document.path)} if {
	some i, document in input.dockerfile
	some k, stage in document.stages
	builds(stage)
	version := stage.base.rust.version
	version != ""
	what := sprintf("FROM %s", [stage.base.name])
}

choices contains {"at": ["dockerfile", i, "stages", k, "rustup", n], "name": choice.name, "what": what, "folder": tree.dir(document.path)} if {
	some i, document in input.dockerfile
	some k, stage in document.stages
	some n, command in stage.rustup
	command.action in {"init", "default", "toolchain install", "override set"}
	some choice in command.toolchains
	choice.kind in {"exact", "dated", "moving"}
	what := sprintf("%s %s", [command.name, command.action])
}

builds(stage) if stage.contributes

builds(stage) if count(stage.cargo) > 0

# deferred are the workflows' choices that leave it to a toolchain file.
deferred contains {"at": ["workflow", i, "toolchains", k], "what": choice.text, "folder": choice.folder} if {
	some i, document in input.workflow
	some k, choice in document.toolchains
	choice.kind == "file"
	not choice.extra
}

# oldest are the versions that the manifests support at the oldest. Members that inherit theirs have it
# from one place, so the first of them stands for all.
oldest contains {"at": ["cargo_manifest", i, "package", "rust_version"], "version": version.value, "folder": tree.dir(document.path)} if {
	some i, document in input.cargo_manifest
	version := document.package.rust_version
	version.value != ""
	not version.inherited
}

oldest contains {"at": ["cargo_manifest", i, "package", "rust_version"], "version": version, "folder": tree.dir(root)} if {
	some root, members in heirs
	i := min(members)
	version := input.cargo_manifest[i].package.rust_version.value
}

heirs[document.workspace.root] contains i if {
	some i, document in input.cargo_manifest
	document.package.rust_version.inherited
	document.package.rust_version.value != ""
}

# anchor is the choice that all others in a folder must agree with: the toolchain file, else the first
# choice of the nearest workflow, else that of the nearest Dockerfile.
anchor(folder) := found if {
	found := file(folder)
} else := found if {
	found := min(workflows[tree.nearest(workflows, folder)])
} else := found if {
	found := min(dockerfiles[tree.nearest(dockerfiles, folder)])
}

workflows[choice.folder] contains choice if {
	some choice in choices
	choice.at[0] == "workflow"
}

dockerfiles[choice.folder] contains choice if {
	some choice in choices
	choice.at[0] == "dockerfile"
}
