# METADATA
# title: Template cannot be judged before it is rendered
# description: >-
#   What a template comes to depends on values that are not in it: whether it runs as root, with which
#   file system and which secrets, can only be told of the objects that it makes.
# related_resources:
#   - https://helm.sh/docs/helm/helm_template/
# custom:
#   severity: high
#   cwe: []
#   equivalent: []
#   non_negotiable: false
#   remediation: Render the templates with the values of each environment (helm template) before the gate and check the rendered files.
#   bad: |
#     apiVersion: apps/v1
#     kind: Deployment
#     metadata:
#       name: {{ .Release.Name }}
#     spec:
#       template: {}
#   good: |
#     apiVersion: monitoring.coreos.com/v1
#     kind: PrometheusRule
#     metadata: {name: ledger}
#     spec:
#       groups:
#         - name: ledger
#           rules:
#             - alert: Down
#               expr: up == 0
#               annotations: {summary: "{{ $labels.instance }} is down"}
package policies.kubernetes.unrendered_template

deny contains {"at": ["path"], "msg": "not judged: render first, because the file is a template"} if {
	input.template
}
