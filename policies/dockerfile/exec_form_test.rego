package policies.dockerfile.exec_form_test

import data.policies.dockerfile.exec_form

test_shell if {
	command := {"instruction": "cmd", "text": "app --port 8080"}
	found := exec_form.deny with input as {"stages": [{"shell_forms": [command]}]}
	found == {{"at": ["stages", 0, "shell_forms", 0], "msg": "CMD runs in a shell: app --port 8080"}}
}

test_exec if {
	found := exec_form.deny with input as {"stages": [{"shell_forms": []}]}
	found == set()
}
