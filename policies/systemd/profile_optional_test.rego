package policies.systemd.profile_optional_test

import data.policies.systemd.profile_optional

test_optional if {
	profile_optional.deny == {{
		"at": ["conduct", "optional", 0],
		"msg": "a.service starts unconfined where the profile is missing: AppArmorProfile=-a",
	}} with input as {"name": "a.service", "conduct": {"optional": [{"name": "AppArmorProfile", "value": "-a"}]}}
}
