# METADATA
# title: Job stays when it is done
# description: >-
#   Jobs that are done, and their pods with them, stay in the API server until somebody deletes them. A
#   CronJob counts its own by its history limits.
# related_resources:
#   - https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/
# custom:
#   severity: low
#   equivalent:
#     - kube-linter:job-ttl-seconds-after-finished
#   remediation: Set ttlSecondsAfterFinished.
#   bad: |
#     apiVersion: batch/v1
#     kind: Job
#     metadata: {name: migrate}
#     spec:
#       template:
#         spec: {restartPolicy: Never, containers: [{name: migrate, image: "ledger:1.4.2"}]}
#   good: |
#     apiVersion: batch/v1
#     kind: Job
#     metadata: {name: migrate}
#     spec:
#       ttlSecondsAfterFinished: 86400
#       template:
#         spec: {restartPolicy: Never, containers: [{name: migrate, image: "ledger:1.4.2"}]}
package policies.kubernetes.job_ttl

deny contains {"at": ["workload", "ttl"], "msg": "the job has no ttlSecondsAfterFinished"} if {
	input.kind == "Job"
	not input.workload.ttl.set
	not input.owned
	not input.patch
}
