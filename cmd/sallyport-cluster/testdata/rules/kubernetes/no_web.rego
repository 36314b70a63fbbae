# METADATA
# title: Object is called web
# description: >-
#   A rule of a bundle beside the built-in ones.
# custom:
#   severity: low
#   remediation: Choose another name.
#   bad: |
#     apiVersion: v1
#     kind: ConfigMap
#     metadata:
#       name: web
#   good: |
#     apiVersion: v1
#     kind: ConfigMap
#     metadata:
#       name: ledger
package policies.kubernetes.no_web

deny contains {"at": ["name"], "msg": "it is called web"} if input.name == "web"
