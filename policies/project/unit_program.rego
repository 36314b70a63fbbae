# METADATA
# title: Unit starts a program that nothing builds
# description: >-
#   The unit is named like a program of this repository, and starts one by another name. Whoever renamed it forgot the
#   unit: the service stays down, or goes on with what the last release left.
# related_resources:
#   - https://doc.rust-lang.org/cargo/reference/cargo-targets.html#binaries
# custom:
#   severity: low
#   cwe: [1068]
#   remediation: Name in ExecStart= the program that is built, or build it under that name.
#   bad: |
#     -- Cargo.toml --
#     [package]
#     name = "ledger"
#     version = "1.4.2"
#     edition = "2024"
#     -- src/main.rs --
#     fn main() {}
#     -- deploy/ledger.service --
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger-server
#   good: |
#     -- Cargo.toml --
#     [package]
#     name = "ledger"
#     version = "1.4.2"
#     edition = "2024"
#     -- src/main.rs --
#     fn main() {}
#     -- deploy/ledger.service --
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     -- deploy/ledger-proxy.service --
#     [Service]
#     User=proxy
#     ExecStart=/usr/sbin/haproxy -f /etc/ledger/haproxy.cfg
package policies.project.unit_program

import data.policies.lib.unit

built := {name | some manifest in input.cargo_manifest; some name in manifest.package.binaries}

# packages are the names that units of this repository have.
packages[manifest.package.name] contains i if {
	some i, manifest in input.cargo_manifest
	count(manifest.package.binaries) > 0
}

deny contains {"at": ["systemd", i, "exec", j, "path"], "msg": msg, "related": [["cargo_manifest", k, "package"]]} if {
	some stem, places in packages
	k := min(places)
	some i, service in input.systemd
	service.name in {sprintf("%s.service", [stem]), sprintf("%s@.service", [stem])}
	service.service
	some name in unit.programs(service)
	not built[name]
	not packed[name]
	alike(name, stem)
	some j, command in service.exec
	command.setting == "ExecStart"
	msg := sprintf("%s starts %s, and what is built here is %s", [service.name, name, concat(", ", sort(input.cargo_manifest[k].package.binaries))])
}

packed[name] if some name, _ in unit.packers

# A program of another name altogether, such as a proxy, comes from elsewhere.
alike(name, stem) if {
	parts := {part | some part in split(replace(name, "_", "-"), "-")}
	some part in split(replace(stem, "_", "-"), "-")
	parts[part]
}
