package policies.systemd.family_packet_test

import data.policies.systemd.family_packet

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	family_packet.deny == {{
		"at": ["exposure", "badness", "RestrictAddressFamilies_AF_PACKET"],
		"msg": "a.service may open packet sockets: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"RestrictAddressFamilies_AF_PACKET": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(family_packet.deny) == 0 with input as unit({})
