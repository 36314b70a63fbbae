package policies.systemd.drop_in_weakens_test

import data.policies.systemd.drop_in_weakens

unit(weakens, before) := {
	"name": "a.service", "service": true, "alias_of": "",
	"changes": [{"name": "User", "drop_in": "a.service.d/x.conf", "before": before, "after": "root", "weakens": weakens}],
}

test_weaker if {
	drop_in_weakens.deny == {{
		"at": ["changes", 0],
		"msg": `a.service.d/x.conf makes a.service weaker: User= was "a", and is "root"`,
	}} with input as unit(true, "a")
}

test_new if {
	{f.msg | some f in drop_in_weakens.deny} == {`a.service.d/x.conf makes a.service weaker: User= is "root"`} with input as unit(true, "")
}

test_stronger if count(drop_in_weakens.deny) == 0 with input as unit(false, "a")

test_reset if {
	reset := [{"name": "IPAddressDeny", "drop_in": "x.conf", "before": "any", "after": "", "weakens": true}]
	{f.msg | some f in drop_in_weakens.deny} == {`x.conf makes a.service weaker: IPAddressDeny= was "any", and is not set`} with input as object.union(unit(true, ""), {"changes": reset})
}
