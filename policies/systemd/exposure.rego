# METADATA
# title: Service is exposed beyond its budget
# description: >-
#   The number is that of "systemd-analyze security": 0.0 is locked up, 10.0 is not protected at all. What can be
#   reached over the network should be below 4.0, so that an intruder who is in the service is nowhere else.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd-analyze.html#systemd-analyze%20security%20%5BUNIT...%5D
# custom:
#   severity: high
#   cwe: [250, 653]
#   remediation: Restrict the service, heaviest items first; "sallyport fix --systemd" writes a drop-in that does.
#   parameters:
#     max:
#       description: The highest exposure of a service that listens or may use the network.
#       default: 4.0
#       stricter: lower
#     max_without_network:
#       description: The highest exposure of any other service; 10 is no limit. The profiles static-service and worker set it.
#       default: 10.0
#       stricter: lower
#   bad: |
#     [Unit]
#     After=network-online.target
#     [Service]
#     User=ledger
#     ProtectSystem=strict
#     ExecStart=/usr/bin/ledger
#   good: |
#     -- report.service --
#     [Service]
#     Type=oneshot
#     User=ledger
#     ProtectSystem=strict
#     ExecStart=/usr/bin/ledger report
#     -- ledger.service --
#     [Service]
#     DynamicUser=yes
#     ExecStart=/usr/bin/ledger
#     CapabilityBoundingSet=
#     RestrictNamespaces=yes
#     RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
#     SystemCallFilter=@system-service
#     SystemCallFilter=~@privileged @resources
#     SystemCallArchitectures=native
#     PrivateDevices=yes
#     PrivateUsers=yes
package policies.systemd.exposure

deny contains {"at": ["exposure", "overall"], "msg": msg} if {
	input.service
	input.alias_of == ""
	input.exposure.overall > max
	heaviest := concat(", ", input.exposure.heaviest)
	msg := sprintf("the exposure of %s is %v (%s), above %v; most weigh %s", [input.name, input.exposure.overall, input.exposure.level, max, heaviest])
}

max := data.parameters.systemd.exposure.max if input.exposure.networked

max := data.parameters.systemd.exposure.max_without_network if not input.exposure.networked
