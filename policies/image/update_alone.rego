# METADATA
# title: Package lists were updated in a step of their own
# description: >-
#   The build cache keeps the step with its old lists, and a later install takes old versions from it, or
#   none.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#apt-get
# custom:
#   severity: low
#   equivalent:
#     - dockle:CIS-DI-0007
#     - cis-docker:4.7
#   remediation: Update the lists and install in the same RUN.
#   bad: |
#     [{"Id": "sha256:9f2c", "RepoTags": ["ledger:1.4.2"], "Architecture": "amd64", "Os": "linux", "History": [{"created_by": "RUN /bin/sh -c apt-get update # buildkit"}, {"created_by": "RUN /bin/sh -c apt-get install -y curl # buildkit"}], "Config": {"User": "10001"}}]
#   good: |
#     [{"Id": "sha256:9f2c", "RepoTags": ["ledger:1.4.2"], "Architecture": "amd64", "Os": "linux", "History": [{"created_by": "RUN /bin/sh -c apt-get update && apt-get install -y curl # buildkit"}, {"created_by": "/bin/sh -c apk update; apk add curl"}], "Config": {"User": "10001"}}]
package policies.image.update_alone

managers := {"apt-get", "apt", "apk", "yum", "dnf", "zypper"}

installs := {"install", "add", "upgrade", "dist-upgrade", "full-upgrade", "in", "build-dep", "reinstall", "download", "source", "satisfy"}

deny contains {"at": ["history", i], "msg": msg} if {
	some i, step in input.history
	some command in step.commands
	command.name in {"apt-get", "apt", "apk"}
	"update" in command.args
	not installing(step)
	msg := sprintf("step %d of the history updates the lists of %s and installs nothing", [i + 1, command.name])
}

installing(step) if {
	some command in step.commands
	command.name in managers
	some word in command.args
	word in installs
}
