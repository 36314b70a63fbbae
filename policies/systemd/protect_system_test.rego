package policies.systemd.protect_system_test

import data.policies.systemd.protect_system

unit(value, read_only) := {
	"name": "a.service",
	"service": true,
	"partial": false,
	"manager": "system",
	"filesystem": {"protect_system_set": value, "read_only": read_only},
}

found(state) := {{"at": ["filesystem", "protect_system"], "msg": sprintf("a.service can write to the system: ProtectSystem= is %s", [state])}}

test_unset if protect_system.deny == found("not set") with input as unit("", false)

test_full if protect_system.deny == found("\"full\", not \"strict\"") with input as unit("full", false)

test_strict if count(protect_system.deny) == 0 with input as unit("strict", true)

test_partial if count(protect_system.deny) == 0 with input as object.union(unit("", false), {"partial": true})

test_partial_weakens if count(protect_system.deny) == 1 with input as object.union(unit("no", false), {"partial": true})
