package policies.image.system_volume_test

import data.policies.image.system_volume

test_volume if {
	found := system_volume.deny with input as {"volumes": ["/", "/data", "/proc", "/sys/fs", "/device"]}
	{f.at[1] | some f in found} == {0, 2, 3}
}
