# METADATA
# title: Docker engine obeys everybody on the network
# description: >-
#   The engine starts any container as root for whoever can speak to it. Over TCP without --tlsverify, that is everybody
#   who reaches the port.
# related_resources:
#   - https://docs.docker.com/engine/security/protect-access/
# custom:
#   severity: critical
#   cwe: [306]
#   remediation: Use the engine's local socket, or SSH, or set --tlsverify with certificates for the clients.
#   bad: |
#     [Service]
#     ExecStart=/usr/bin/dockerd -H fd:// -H tcp://0.0.0.0:2375
#   good: |
#     [Service]
#     ExecStart=/usr/bin/dockerd -H fd:// -H tcp://127.0.0.1:2375
#     ExecStartPost=/usr/bin/dockerd --tlsverify --host=tcp://0.0.0.0:2376
package policies.systemd.engine_open

deny contains {"at": ["exec", act.command], "msg": msg} if {
	some act in input.acts
	act.name == "open_engine"
	msg := sprintf("the engine of %s obeys everybody who reaches its port: %s without --tlsverify", [input.name, act.what])
}
