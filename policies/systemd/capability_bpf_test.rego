package policies.systemd.capability_bpf_test

import data.policies.systemd.capability_bpf

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	capability_bpf.deny == {{
		"at": ["exposure", "badness", "CapabilityBoundingSet_CAP_BPF"],
		"msg": "a.service may load BPF programs: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"CapabilityBoundingSet_CAP_BPF": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(capability_bpf.deny) == 0 with input as unit({})
