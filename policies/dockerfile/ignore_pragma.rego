# METADATA
# title: Comment silences another tool
# description: >-
#   A comment that silences a checker is an exception without an owner, a reason or an end. It silences nothing in
#   this gate; a waiver with a reason and an expiry date does.
# related_resources:
#   - https://github.com/hadolint/hadolint/wiki/DL1001
# custom:
#   severity: low
#   equivalent:
#     - hadolint:DL1001
#   remediation: Remove the comment, and where the exception must stay, write it down as a waiver.
#   bad: |
#     # hadolint ignore=DL3003
#     FROM debian:12
#     USER 10001
#   good: |
#     # This image ignores signals on purpose; hadolint may complain.
#     FROM debian:12
#     USER 10001
package policies.dockerfile.ignore_pragma

deny contains {"at": ["pragmas", i], "msg": msg} if {
	some i, pragma in input.pragmas
	msg := sprintf("the comment silences %s: %s", [pragma.tool, pragma.text])
}
