package policies.kubernetes.unrendered_template_test

import data.policies.kubernetes.unrendered_template

test_template if {
	found := unrendered_template.deny with input as {"template": true}
	found == {{"at": ["path"], "msg": "not judged: render first, because the file is a template"}}
}

test_object if {
	found := unrendered_template.deny with input as {"template": false}
	count(found) == 0
}
