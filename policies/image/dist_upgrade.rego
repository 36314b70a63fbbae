# METADATA
# title: Distribution was upgraded in the image
# description: >-
#   The upgrade may take packages away and jump releases, and what it does depends on the day of the build. A
#   newer base image brings the same updates in a way that can be repeated.
# custom:
#   severity: low
#   equivalent:
#     - dockle:DKL-DI-0003
#   remediation: Build on a newer base image in place of the upgrade.
#   bad: |
#     [{"Id": "sha256:9f2c", "RepoTags": ["ledger:1.4.2"], "Architecture": "amd64", "Os": "linux", "History": [{"created_by": "RUN /bin/sh -c apt-get update && apt-get dist-upgrade -y # buildkit"}], "Config": {"User": "10001"}}]
#   good: |
#     [{"Id": "sha256:9f2c", "RepoTags": ["ledger:1.4.2"], "Architecture": "amd64", "Os": "linux", "History": [{"created_by": "RUN /bin/sh -c apt-get update && apt-get install -y dist-upgrade-notes # buildkit"}], "Config": {"User": "10001"}}]
package policies.image.dist_upgrade

deny contains {"at": ["history", i], "msg": msg} if {
	some i, step in input.history
	some command in step.commands
	some word in command.args
	[command.name, word] in upgrades
	msg := sprintf("step %d of the history runs %s %s", [i + 1, command.name, word])
}

upgrades := {
	["apt-get", "dist-upgrade"], ["apt", "dist-upgrade"], ["apt", "full-upgrade"], ["aptitude", "dist-upgrade"],
	["aptitude", "full-upgrade"], ["zypper", "dup"], ["zypper", "dist-upgrade"], ["dnf", "distro-sync"], ["yum", "distro-sync"],
}
