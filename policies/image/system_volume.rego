# METADATA
# title: Volume over a folder of the system
# description: >-
#   The container starts with a volume where the kernel's own file systems or the system's programs belong:
#   what the runtime masks there is open, or what the image holds is hidden.
# custom:
#   severity: medium
#   cwe: [668]
#   equivalent:
#     - dockle:DKL-DI-0002
#   remediation: Declare a volume for the data of the program alone.
#   bad: |
#     [{"Id": "sha256:9f2c", "RepoTags": ["ledger:1.4.2"], "Architecture": "amd64", "Os": "linux", "Config": {"User": "10001", "Volumes": {"/proc": {}}}}]
#   good: |
#     [{"Id": "sha256:9f2c", "RepoTags": ["ledger:1.4.2"], "Architecture": "amd64", "Os": "linux", "Config": {"User": "10001", "Volumes": {"/var/lib/ledger": {}, "/device": {}}}}]
package policies.image.system_volume

deny contains {"at": ["volumes", i], "msg": msg} if {
	some i, volume in input.volumes
	regex.match(`^/+((dev|proc|sys|boot|etc|usr|bin|sbin|lib|lib64)(/.*)?)?$`, volume)
	msg := sprintf("the image declares the volume %s", [volume])
}
