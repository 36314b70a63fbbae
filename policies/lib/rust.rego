# Names of Rust toolchains, such as 1.82.0, 1.82, stable, nightly-2024-10-17.
package policies.lib.rust

# conflict holds for two names that cannot stand for the same compiler. What may be the same is left
# alone: 1.82 and 1.82.0, stable and 1.82.0.
conflict(a, b) if {
	some i, number in release(a)
	number != release(b)[i]
}

conflict(a, b) if {
	count(release(a)) > 0
	preview(b)
}

conflict(a, b) if {
	preview(a)
	count(release(b)) > 0
}

conflict(a, b) if {
	preview(a)
	preview(b)
	channel(a) != channel(b)
}

conflict(a, b) if {
	preview(a)
	channel(a) == channel(b)
	date(a) != date(b)
}

conflict(a, b) if {
	{channel(a), channel(b)} == {"stable", preview_channels[_]}
}

# older holds where a toolchain is older than a version, as far as both name numbers.
older(toolchain, version) if {
	some i, number in release(toolchain)
	wanted := release(version)
	number < wanted[i]
	array.slice(release(toolchain), 0, i) == array.slice(wanted, 0, i)
}

# release are the numbers of a name: [1, 82, 0]; [] where it has none.
release(name) := [to_number(part) | some part in split(channel(name), ".")] if {
	regex.match(`^[0-9]{1,9}(\.[0-9]{1,9}){0,2}$`, channel(name))
} else := []

# channel is a name without a date, a host and a number of a beta.
channel(name) := split(name, "-")[0]

# date is the date of a name: "2024-10-17".
date(name) := regex.find_n(`^-[0-9]{4}-[0-9]{2}-[0-9]{2}`, substring(name, count(channel(name)), -1), 1)[0]

preview_channels := {"beta", "nightly"}

preview(name) if channel(name) in preview_channels
