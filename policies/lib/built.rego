# Package policies.lib.built finds the Dockerfile that an image is built from, where that is certain.
package policies.lib.built

# stage is the place of the stage that an image comes from: that of the compose service which builds an image of the
# same name, or the final stage of the only Dockerfile that runs a program by the name of the image.
stage(image) := min(services[repository(image)]) if services[repository(image)]

stage(image) := ["dockerfile", i, "stages", input.dockerfile[i].final] if {
	not services[repository(image)]
	found := packers[last(repository(image))]
	count(found) == 1
	some i in found
}

packers[name] contains i if {
	some i, doc in input.dockerfile
	name := last(doc.stages[doc.final].program.file)
	name != ""
}

services[name] contains ["dockerfile", i, "stages", k] if {
	some service in input.compose[_].services
	service.build.known
	service.image.name != ""
	name := repository(service.image.name)
	some i, doc in input.dockerfile
	doc.path == service.build.dockerfile
	k := target(doc, service.build.target)
}

# target is the index of the stage that a build makes.
target(doc, "") := doc.final

target(doc, name) := max({k | some k, s in doc.stages; s.name == lower(name)}) if name != ""

# repository is a reference without tag and digest.
repository(image) := concat("/", array.concat(array.slice(parts, 0, n), [split(parts[n], ":")[0]])) if {
	parts := split(split(image, "@")[0], "/")
	n := count(parts) - 1
}

last(path) := parts[count(parts) - 1] if parts := split(path, "/")
