# What findings about the results of scanners say.
package policies.lib.evidence

# properties are what tells that two scanners report the same: names of the advisory, package, version, subject.
properties(report, result) := {
	"advisory": result.id, "aliases": concat(",", result.aliases), "package": result.package, "version": result.version,
	"source": result.source, "kind": result.kind, "subject": subject(report, result), "tools": report.tool.name,
}

# subject is what was scanned: of an image all digests, because each tool knows it by another one.
subject(report, _) := concat(",", report.subject.digests) if count(report.subject.digests) > 0

subject(report, result) := result.subject if count(report.subject.digests) == 0

# source is the place of a result in the tree, where the file is there.
source(i, result) := [["results", i, "location", "file"]] if result.location.present

source(_, result) := [] if not result.location.present

# place is where to blame a result about code: its source where that is there, and the report else.
place(i, result) := [["results", i, "location", "file"], [["results", i]]] if result.location.present

place(i, result) := [["results", i], []] if not result.location.present
