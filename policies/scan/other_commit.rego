# METADATA
# title: Report is about another commit
# description: >-
#   The scanner looked at another state of the source than the one that is judged. What changed since was not looked at. A report that
#   is committed names an earlier commit than the one that holds it, so the files decide where the clone has both commits: the lock
#   files that a report about vulnerabilities names, and for any other report all files but evidence.
# related_resources:
#   - https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html
# custom:
#   severity: medium
#   cwe: [345]
#   remediation: Scan the commit that is judged, in the same job.
#   bad: |
#     -- git-commit --
#     4b825dc642cb6eb9a060e54bf8d69288fbee4904
#     -- reports/codeql.sarif --
#     {"version": "2.1.0", "runs": [{
#       "tool": {"driver": {"name": "CodeQL", "semanticVersion": "2.23.0", "rules": [{"id": "rust/x"}]}},
#       "versionControlProvenance": [{"repositoryUri": "https://git.example/ledger", "revisionId": "1f0c7b2e9a3d4c5b6a7988776655443322110099"}],
#       "invocations": [{"executionSuccessful": true, "endTimeUtc": "2026-11-20T09:00:00Z"}],
#       "results": []
#     }]}
#   good: |
#     -- git-commit --
#     4b825dc642cb6eb9a060e54bf8d69288fbee4904
#     -- reports/codeql.sarif --
#     {"version": "2.1.0", "runs": [{
#       "tool": {"driver": {"name": "CodeQL", "semanticVersion": "2.23.0", "rules": [{"id": "rust/x"}]}},
#       "versionControlProvenance": [{"repositoryUri": "https://git.example/ledger", "revisionId": "4b825dc"}],
#       "invocations": [{"executionSuccessful": true, "endTimeUtc": "2026-11-20T09:00:00Z"}],
#       "results": []
#     }]}
package policies.scan.other_commit

deny contains {"at": ["subject", "commit"], "msg": msg} if {
	input.subject.other_commit
	msg := sprintf("the report of %s is about commit %s, and %s is checked out: %s", [input.tool.name, short(input.subject.commit), short(input.subject.current), since])
}

short(commit) := substring(commit, 0, 12)

since := "what differs cannot be told in this clone" if not input.subject.compared

since := sprintf("%s changed since%s", [concat(", ", input.subject.changed), more]) if input.subject.compared

more := "" if input.subject.changed_count == count(input.subject.changed)

more := sprintf(", and %d more", [input.subject.changed_count - count(input.subject.changed)]) if input.subject.changed_count > count(input.subject.changed)
