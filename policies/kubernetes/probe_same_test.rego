package policies.kubernetes.probe_same_test

import data.policies.kubernetes.probe_same

handler(name, type, path) := {"name": name, "type": type, "host": "", "port": "8080", "path": path, "command": []}

found(type, path) := count(deny) if {
	handlers := [handler("startupProbe", type, "/x"), handler("livenessProbe", type, "/x"), handler("readinessProbe", type, path)]
	deny := probe_same.deny with input as {"containers": [{"name": "a", "handlers": handlers}]}
}

test_same if {
	found("httpGet", "/x") == 1
	found("httpGet", "/y") == 0
	found("tcpSocket", "/x") == 0
}
