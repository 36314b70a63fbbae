# Package policies.lib.way writes the way of a connection through a packet filter.
package policies.lib.way

# steps are what a connection of the i-th opening meets, in order.
steps(i, opening) := [{"at": ["openings", i, "steps", j], "msg": msg} |
	some j, step in opening.steps
	msg := sprintf("%s: %s", [step.chain, text(step)])
]

# A rule says what it does at its end.
text(step) := step.rule if {
	step.rule != ""
	endswith(step.rule, step.did)
}

text(step) := sprintf("%s => %s", [step.rule, step.did]) if {
	step.rule != ""
	not endswith(step.rule, step.did)
}

text(step) := step.did if step.rule == ""
