# METADATA
# title: Compose service can write to its root file system
# description: >-
#   Whoever gets to run code in the container can replace its programs and keep tools there. With a
#   read-only root file system the container stays what was built and scanned; what it must write goes
#   into volumes and tmpfs.
# related_resources:
#   - https://github.com/compose-spec/compose-spec/blob/main/05-services.md#read_only
#   - https://docs.docker.com/reference/cli/docker/container/run/#read-only
# custom:
#   severity: high
#   cwe: [732]
#   equivalent:
#     - cis-docker:5.13
#     - semgrep:writable-filesystem-service
#   non_negotiable: true
#   remediation: Set read_only to true on the service, and mount a tmpfs or a volume where it must write.
#   bad: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         user: "10001"
#   good: |
#     -- compose.yaml --
#     services:
#       ledger:
#         image: ledger:1.4.2
#         read_only: true
#         tmpfs: [/tmp]
#       migrate:
#         extends: ledger
#     -- compose.prod.yaml --
#     services:
#       ledger:
#         restart: always
package policies.compose.read_only

deny contains {"at": ["services", i, "read_only"], "msg": msg} if {
	some i, s in input.services
	not s.read_only.on
	not left_open(s)
	msg := sprintf("service %q can write to its root file system: read_only is %s", [s.name, state(s.read_only)])
}

# A file that is laid over another leaves what it does not say to that one.
left_open(s) if {
	s.partial
	not s.read_only.set
}

state(switch) := "not set" if not switch.set

state(switch) := sprintf("%q", [switch.value]) if switch.set
