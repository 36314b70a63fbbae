# METADATA
# title: Service runs as the account of a person
# description: >-
#   The accounts that images come with, such as ubuntu or ec2-user, may use sudo without a password and hold the keys
#   of people. Whoever takes over the service has all of that.
# related_resources:
#   - https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/managing-users.html
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#User=
# custom:
#   severity: medium
#   cwe: [250]
#   remediation: Set User= to an account of the service's own, or DynamicUser=yes.
#   parameters:
#     accounts:
#       description: Accounts that people log in with.
#       default: [ubuntu, ec2-user, admin, debian, centos, fedora, rocky, almalinux, cloud-user, opc, azureuser, core, vagrant, pi, bitnami]
#   bad: |
#     [Service]
#     User=ubuntu
#     ExecStart=/usr/bin/ledger
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger --user ubuntu
package policies.systemd.login_user

deny contains {"at": ["identity", "user"], "msg": msg} if {
	input.service
	input.manager == "system"
	input.identity.user in data.parameters.systemd.login_user.accounts
	msg := sprintf("%s runs as %s, with which people log in", [input.name, input.identity.user])
}
