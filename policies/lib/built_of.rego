# What a workspace is built of: the packages of cargo metadata, and of the manifests in a vendored tree.
package policies.lib.built_of

import data.policies.lib.crate

# packages are all of them, each with the place that says so.
packages(documents) := array.concat(
	[object.union(shape(p), {"at": ["cargo_metadata", i, "packages", j], "own": false}) |
		some i, document in documents.cargo_metadata
		some j, p in document.packages
		not p.member # its manifest is in the tree
	],
	[{
		"name": m.package.name, "version": m.package.version.value, "license": m.package.licensing,
		"build_script": m.package.build_script != "", "proc_macro": m.package.proc_macro, "features": [],
		"at": ["cargo_manifest", i, "package"], "own": not_vendored(m), "publish": m.package.publish,
	} |
		some i, m in documents.cargo_manifest
		m.package.present
	],
)

shape(p) := {key: p[key] | some key in ["name", "version", "license", "build_script", "proc_macro", "features", "publish"]}

not_vendored(m) := count([1 | m.package.vendored]) == 0

# related are the locked package, and the lines of manifests that pull it in.
related(documents, p) := array.concat(
	[["cargo_lock", i, "packages", j] | some [i, j] in found],
	[["cargo_lock", i, "requirements", r] | some [i, j] in found; some r in documents.cargo_lock[i].packages[j].pulled],
) if {
	found := [[i, j] |
		some i, lock in documents.cargo_lock
		some j, locked in lock.packages
		locked.name == p.name
		locked.version == p.version
	]
}

# listed holds for a package that one of the texts names, each a crate with or without a requirement.
listed(p, texts) if {
	some text in texts
	crate.named(text, p.name, p.version)
}
