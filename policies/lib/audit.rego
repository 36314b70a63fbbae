# Which Cargo.lock an audit report is about. cargo audit writes neither the path nor a digest of the lock
# file into its report, so the contents decide: the number of packages, and the packages that it names.
package policies.lib.audit

import data.policies.lib.tree

# about holds for a report that can have been made from a lock file.
about(report, lock) if {
	report.subject.kind == "lockfile"
	report.subject.dependency_count == lock.count
	count(strangers(report, lock)) == 0
}

# strangers are the packages that a report names and a lock file does not hold.
strangers(report, _) := set() if count(report.results) == 0

strangers(report, lock) := {result.package |
	some result in named
	not [result.package, result.version] in locked
} | {result.package |
	some result in named
	result.checksum != ""
	[result.package, result.version] in summed
	not [result.package, result.version, result.checksum] in sums
} if {
	count(report.results) > 0
	named := [result | some result in report.results; result.package != ""]
	wanted := {result.package | some result in named}
	candidates := [p | some p in lock.packages; p.name in wanted]
	locked := {[p.name, p.version] | some p in candidates}
	summed := {[p.name, p.version] | some p in candidates; p.checksum != ""}
	sums := {[p.name, p.version, p.checksum] | some p in candidates}
}

# subjects are the indices of the lock files that a report is about. Where several fit, it is about those
# that share most folders with it.
subjects(report, locks) := {i | some [n, i] in fitting; n == closest} if {
	fitting := {[tree.common(report.path, lock.path), i] | some i, lock in locks; about(report, lock)}
	closest := max({n | some [n, _] in fitting})
} else := set()
