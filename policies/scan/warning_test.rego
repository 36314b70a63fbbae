package policies.scan.warning_test

import data.policies.scan.warning

result := {"kind": "unmaintained", "id": "RUSTSEC-2024-0436", "title": "no longer maintained", "package": "paste", "version": "1.0.15"}

findings(results, narrowed) := found if {
	found := warning.deny with input as {"results": results, "settings": {"narrowed": narrowed}}
}

test_unmaintained if {
	findings([result], []) == {{
		"at": ["results", 0],
		"msg": "paste 1.0.15 is reported as unmaintained: no longer maintained (RUSTSEC-2024-0436)",
	}}
}

test_yanked if {
	findings([object.union(result, {"kind": "yanked", "id": ""})], []) == {{"at": ["results", 0], "msg": "paste 1.0.15 is reported as yanked"}}
}

test_vulnerability if count(findings([object.union(result, {"kind": "vulnerability"})], [])) == 0

test_silenced if {
	findings([], [{"name": "severity", "value": "high"}, {"name": "informational_warnings", "value": "unsound"}]) == {{
		"at": ["settings", "narrowed", 1],
		"msg": "the report was made without warnings of unmaintained packages",
	}}
}
