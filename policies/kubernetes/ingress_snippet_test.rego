package policies.kubernetes.ingress_snippet_test

import data.policies.kubernetes.ingress_snippet

test_snippet if {
	found := ingress_snippet.deny with input as {"ingresses": [{"snippets": []}, {"snippets": ["a"]}]}
	{f.at[1] | some f in found} == {1}
}
