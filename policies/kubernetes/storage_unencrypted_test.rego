package policies.kubernetes.storage_unencrypted_test

import data.policies.kubernetes.storage_unencrypted

test_encrypted if {
	count(storage_unencrypted.deny) == 1 with input as {"kind": "StorageClass", "object": {"parameters": {"encrypted": "false"}}}
	count(storage_unencrypted.deny) == 0 with input as {"kind": "StorageClass", "object": {"parameters": {"encrypted": "true"}}}
	count(storage_unencrypted.deny) == 0 with input as {"kind": "Pod", "object": {}}
}
