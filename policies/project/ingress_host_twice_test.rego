package policies.project.ingress_host_twice_test

import data.policies.project.ingress_host_twice

ingress(name, host, path, class) := {"name": name, "namespace": "n", "ingresses": [{"class": class, "hosts": [{"name": host, "paths": [path], "at": ["object"]}]}]}

found(other) := count(deny) if deny := ingress_host_twice.deny with input as {"kubernetes": [ingress("a", "h", "/", "c"), other]}

test_twice if {
	found(ingress("b", "h", "/", "c")) == 2
	found(ingress("b", "g", "/", "c")) == 0
	found(ingress("b", "h", "/b", "c")) == 0
	found(ingress("b", "h", "/", "d")) == 0
	found(ingress("a", "h", "/", "c")) == 0
}
