package policies.systemd.capability_dac_test

import data.policies.systemd.capability_dac

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	capability_dac.deny == {{
		"at": ["exposure", "badness", "CapabilityBoundingSet_CAP_DAC_FOWNER_IPC_OWNER"],
		"msg": "a.service passes by the permissions of files: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"CapabilityBoundingSet_CAP_DAC_FOWNER_IPC_OWNER": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(capability_dac.deny) == 0 with input as unit({})
