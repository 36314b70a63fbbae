# What findings about the results of scanners say.
package policies.lib.evidence

# properties are what tells that two scanners report the same: names of the advisory, package, version, subject.
properties(report, result) := {
	"advisory": result.id, "aliases": concat(",", result.aliases), "package": result.package, "version": result.version,
	"source": result.source, "kind": result.kind, "subject": result.subject, "tools": report.tool.name,
}

# source is the place of a result in the tree, where the file is there.
source(i, result) := [["results", i, "location", "file"]] if result.location.present

source(_, result) := [] if not result.location.present

# place is where to blame a result about code: its source where that is there, and the report else.
place(i, result) := [["results", i, "location", "file"], [["results", i]]] if result.location.present

place(i, result) := [["results", i], []] if not result.location.present
