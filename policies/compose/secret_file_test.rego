package policies.compose.secret_file_test

import data.policies.compose.secret_file

found(plain) := msgs if {
	msgs := {f.msg | some f in secret_file.deny} with input as {"secrets": [{"name": "db", "value": "db.txt", "plain": plain}]}
}

test_plain if {
	found(true) == {"the secret \"db\" lies in the repository as it is: db.txt"}
}

test_elsewhere if {
	count(found(false)) == 0
}
