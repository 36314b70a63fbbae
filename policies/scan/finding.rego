# METADATA
# title: Analysis of the code reports an error
# description: >-
#   A tool that reads the code calls a place wrong, without a score that says how much it matters.
# custom:
#   severity: medium
#   cwe: [710]
#   equivalent: [sarif:error]
#   remediation: Look at the place, change the code, or suppress the result where the tool is wrong.
#   bad: |
#     {"version": "1.120.0", "errors": [], "paths": {"scanned": ["src/app.py"]}, "results": [{"check_id": "python.lang.security.audit.eval-detected", "path": "src/app.py", "start": {"line": 3, "col": 1}, "end": {"line": 3, "col": 9}, "extra": {"severity": "ERROR", "message": "Detected the use of eval()."}}]}
#   good: |
#     {"version": "1.120.0", "errors": [], "paths": {"scanned": ["src/app.py"]}, "results": [{"check_id": "python.lang.security.audit.eval-detected", "path": "src/app.py", "start": {"line": 3, "col": 1}, "end": {"line": 3, "col": 9}, "extra": {"severity": "INFO", "message": "Detected the use of eval()."}}]}
package policies.scan.finding

import data.policies.lib.evidence

deny contains {"at": at, "msg": msg, "related": related} if {
	some i, result in input.results
	result.kind == "finding"
	result.severity in {"medium", "unknown"}
	[at, related] := evidence.place(i, result)
	msg := sprintf("%s (%s): %s", [result.id, result.severity, result.title])
}
