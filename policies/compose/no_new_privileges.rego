# METADATA
# title: Compose service can gain privileges
# description: >-
#   Without no-new-privileges a process becomes root through any setuid program of the image, such as su,
#   mount or one that an attacker left there.
# related_resources:
#   - https://docs.docker.com/reference/cli/docker/container/run/#security-opt
#   - https://docs.kernel.org/userspace-api/no_new_privs.html
# custom:
#   severity: medium
#   cwe: [250]
#   equivalent:
#     - cis-docker:5.26
#     - semgrep:no-new-privileges
#   remediation: Add "no-new-privileges:true" to security_opt.
#   bad: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         security_opt: ["no-new-privileges:false"]
#   good: |
#     -- compose.yaml --
#     services:
#       ledger:
#         image: ledger:1.4.2
#         security_opt: [no-new-privileges]
#       agent:
#         image: agent:1.4.2
#         security_opt: ["no-new-privileges=true", "label=type:svirt_apache_t"]
#     -- compose.prod.yaml --
#     services:
#       ledger:
#         restart: always
package policies.compose.no_new_privileges

deny contains {"at": ["services", i, "security", "no_new_privileges"], "msg": msg} if {
	some i, s in input.services
	option := s.security.no_new_privileges
	not option.on
	not left_open(s)
	msg := sprintf("service %q can gain privileges: no-new-privileges is %s", [s.name, state(option)])
}

# A file that is laid over another leaves what it does not say to that one.
left_open(s) if {
	s.partial
	not s.security.no_new_privileges.set
}

state(option) := "not set" if not option.set

state(option) := sprintf("%q", [option.value]) if option.set
