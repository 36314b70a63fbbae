# METADATA
# title: Analysis of the code found a serious weakness
# description: >-
#   A tool that reads the code rates what it found as high or critical, by its score or in its own words.
# custom:
#   severity: high
#   cwe: [710]
#   equivalent: [sarif:high, scorecard:SAST]
#   remediation: Change the code, and run the analysis again.
#   bad: |
#     {"version": "1.120.0", "errors": [], "paths": {"scanned": ["src/app.py"]}, "results": [{"check_id": "python.lang.security.audit.eval-detected", "path": "src/app.py", "start": {"line": 3, "col": 1}, "end": {"line": 3, "col": 9}, "extra": {"severity": "HIGH", "message": "Detected the use of eval()."}}]}
#   good: |
#     {"version": "1.120.0", "errors": [], "paths": {"scanned": ["src/app.py"]}, "results": [{"check_id": "python.lang.security.audit.eval-detected", "path": "src/app.py", "start": {"line": 3, "col": 1}, "end": {"line": 3, "col": 9}, "extra": {"severity": "WARNING", "message": "Detected the use of eval()."}}]}
package policies.scan.weakness

import data.policies.lib.evidence

deny contains {"at": at, "msg": msg, "related": related} if {
	some i, result in input.results
	result.kind == "finding"
	result.severity in {"high", "critical"}
	[at, related] := evidence.place(i, result)
	msg := sprintf("%s (%s): %s", [result.id, result.severity, result.title])
}
