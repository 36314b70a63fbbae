# METADATA
# title: Service leads to Tiller
# description: >-
#   Tiller is the server half of Helm 2. Whoever reaches it installs what they like with its rights,
#   which mostly are all.
# related_resources:
#   - https://helm.sh/blog/helm-v2-deprecation-timeline/
# custom:
#   severity: high
#   cwe: [306]
#   equivalent:
#     - kics:tiller service is not deleted
#     - kics:tiller deployment is accessible from within the cluster
#     - checkov:CKV_K8S_44
#     - checkov:CKV_K8S_45
#   remediation: Remove Tiller and its Service; Helm 3 needs no server.
#   bad: |
#     apiVersion: v1
#     kind: Service
#     metadata: {name: tiller-deploy}
#     spec: {selector: {app: helm, name: tiller}, ports: [{port: 44134}]}
#   good: |
#     apiVersion: v1
#     kind: Service
#     metadata: {name: ledger}
#     spec: {selector: {app: ledger}, ports: [{port: 80}]}
package policies.kubernetes.tiller_service

deny contains {"at": ["services", i, "selector"], "msg": "the service leads to Tiller"} if {
	some i, service in input.services
	service.selector.name == "tiller"
}
