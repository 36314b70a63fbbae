# METADATA
# title: Report is about another commit
# description: >-
#   The scanner looked at another state of the source than the one that is judged. What changed since was not looked at.
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
	msg := sprintf("the report of %s is about commit %s, and %s is checked out", [input.tool.name, short(input.subject.commit), short(input.subject.current)])
}

short(commit) := substring(commit, 0, 12)
