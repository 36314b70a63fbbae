package policies.sbom.unread_file_test

import data.policies.sbom.unread_file

test_bad if {
	deny := unread_file.deny with input as {"unread_count": 2, "unread": [{"name": "/a.jar", "reason": "no zip"}, {"name": "/b", "reason": "x"}]}
	{f.msg | some f in deny} == {"2 files could not be read: /a.jar (no zip), /b (x)"}
}

test_good if {
	deny := unread_file.deny with input as {"unread_count": 0, "unread": []}
	count(deny) == 0
}
