package policies.systemd.capability_set_uid_test

import data.policies.systemd.capability_set_uid

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	capability_set_uid.deny == {{
		"at": ["exposure", "badness", "CapabilityBoundingSet_CAP_SET_UID_GID_PCAP"],
		"msg": "a.service may become any account: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"CapabilityBoundingSet_CAP_SET_UID_GID_PCAP": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(capability_set_uid.deny) == 0 with input as unit({})
