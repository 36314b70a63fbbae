# Package policies.lib.way writes the way of a connection through a packet filter.
package policies.lib.way

# steps are what a connection of the i-th opening meets, in order.
steps(i, opening) := [{"at": ["openings", i, "steps", j], "msg": msg} |
	some j, step in opening.steps
	msg := sprintf("%s: %s => %s", [step.chain, text(step), step.did])
]

text(step) := step.rule if step.rule != ""

text(step) := "policy" if step.rule == ""
