package policies.dockerfile.openssl_vulnerable_test

import data.policies.dockerfile.openssl_vulnerable

messages(name, version, url) := {f.msg |
	stage := {"runs": [{"packages": [{"packages": [{"name": name, "version": version}]}]}], "fetches": [{"url": url}]}
	some f in openssl_vulnerable.deny with input as {"stages": [stage]}
}

test_package if messages("openssl", "3.0.5-r0", "") == {"openssl 3.0.5-r0 has known holes"}

test_source if messages("", "", "https://x.org/openssl-3.0.6.tar.gz") == {"https://x.org/openssl-3.0.6.tar.gz has known holes"}

test_old if {
	url := "https://www.openssl.org/source/old/openssl-1.0.1f.tar.gz"
	messages("", "", url) == {sprintf("%s has known holes", [url])}
}

test_mended if messages("openssl", "3.0.2-0ubuntu1.18", "https://x.org/openssl-3.0.7.tar.gz") == set()

test_other if messages("curl", "3.0.5", "") == set()
