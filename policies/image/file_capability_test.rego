package policies.image.file_capability_test

import data.policies.image.file_capability

test_capability if {
	files := [{"name": "/a", "capabilities": ["cap_net_raw"]}, {"name": "/b", "capabilities": ["cap_net_raw", "cap_setuid"]}]
	found := file_capability.deny with input as {"files": {"capable": files}}
	found == {{"at": ["files", "capable", 1], "msg": "/b has cap_setuid"}}
}
