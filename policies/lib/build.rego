# Package policies.lib.build knows which part of a Dockerfile a build makes.
package policies.lib.build

# stage is the index of the stage that a target names: by its name, or by its number; the last stage without one.
# It is undefined where the Dockerfile has no such stage.
stage(dockerfile, "") := dockerfile.final

stage(dockerfile, target) := max(named(dockerfile, target)) if {
	target != ""
	count(named(dockerfile, target)) > 0
}

stage(dockerfile, target) := number if {
	count(named(dockerfile, target)) == 0
	regex.match(`^[0-9]{1,4}$`, target)
	number := to_number(target)
	number < count(dockerfile.stages)
}

named(dockerfile, target) := {k | some k, s in dockerfile.stages; s.name == lower(target)}
