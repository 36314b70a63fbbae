package policies.scan.warning_test

import data.policies.scan.warning

result := {"aliases": [], "source": "", "subject": "Cargo.lock", "kind": "unmaintained", "id": "RUSTSEC-2024-0436", "title": "no longer maintained", "package": "paste", "version": "1.0.15"}

properties(id, kind) := {
	"advisory": id, "aliases": "", "package": "paste", "version": "1.0.15", "source": "",
	"kind": kind, "subject": "Cargo.lock", "tools": "cargo-audit",
}

findings(results, narrowed) := found if {
	found := warning.deny with input as {"subject": {"digests": []}, "tool": {"name": "cargo-audit"}, "results": results, "settings": {"narrowed": narrowed}}
}

test_unmaintained if {
	findings([result], []) == {{
		"at": ["results", 0],
		"msg": "paste 1.0.15 is reported as unmaintained: no longer maintained (RUSTSEC-2024-0436)",
		"properties": properties("RUSTSEC-2024-0436", "unmaintained"),
	}}
}

test_yanked if {
	findings([object.union(result, {"kind": "yanked", "id": ""})], []) == {{
		"at": ["results", 0], "msg": "paste 1.0.15 is reported as yanked",
		"properties": properties("", "yanked"),
	}}
}

test_vulnerability if count(findings([object.union(result, {"kind": "vulnerability"})], [])) == 0

test_silenced if {
	findings([], [{"name": "severity", "value": "high"}, {"name": "informational_warnings", "value": "unsound"}]) == {{
		"at": ["settings", "narrowed", 1],
		"msg": "the report was made without warnings of unmaintained packages",
	}}
}
