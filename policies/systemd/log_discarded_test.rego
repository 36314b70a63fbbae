package policies.systemd.log_discarded_test

import data.policies.systemd.log_discarded

unit(values) := {"name": "a.service", "service": true, "settings": [{"name": "StandardError", "values": values}]}

test_null if {
	log_discarded.deny == {{
		"at": ["settings", 0],
		"msg": "what a.service writes to standard error is thrown away",
	}} with input as unit(["journal", "null"])
}

test_journal if count(log_discarded.deny) == 0 with input as unit(["null", "journal"])
